package dev.millrace.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What verbs send, and what they make of the answers. */
class VerbsTest {

    private final FakeApi api = new FakeApi();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        jobs --state failed --task t --after 2h | GET /api/v1/jobs?state=FAILED&task=t&createdAfter=2026-01-31T10:00:00Z&limit=50
        jobs --search a=b --limit 7             | GET /api/v1/jobs?q=a%3Db&limit=7
        job j                                   | GET /api/v1/jobs/j
        attempts j                              | GET /api/v1/jobs/j/attempts?limit=50
        counts --queue mail                     | GET /api/v1/jobs/counts?queue=mail
        result j --for 90s                      | GET /api/v1/jobs/j/result?wait=60
        delete j                                | DELETE /api/v1/jobs/j
        dlq list --error E --closed             | GET /api/v1/dead-letters?errorType=E&resolved=true&limit=50
        dlq groups --task t                     | GET /api/v1/dead-letters/groups?task=t&limit=50
        dlq show l                              | GET /api/v1/dead-letters/l
        dlq resolve l                           | DELETE /api/v1/dead-letters/l
        schedules list --paused                 | GET /api/v1/schedules?paused=true&limit=50
        schedules show s                        | GET /api/v1/schedules/s
        schedules fires s                       | GET /api/v1/schedules/s/fires?limit=50
        schedules preview s --count 3 --from 2026-03-28T00:00:00Z | GET /api/v1/schedules/s/preview?count=3&from=2026-03-28T00:00:00Z
        schedules pause s                       | POST /api/v1/schedules/s/pause
        schedules resume s                      | POST /api/v1/schedules/s/resume
        schedules trigger s                     | POST /api/v1/schedules/s/trigger
        schedules delete s                      | DELETE /api/v1/schedules/s
        workflows list --state failed --name n  | GET /api/v1/workflows?state=FAILED&name=n&limit=50
        workflows show w                        | GET /api/v1/workflows/w
        definitions list                        | GET /api/v1/workflow-definitions?limit=50
        definitions show d --version-number 2   | GET /api/v1/workflow-definitions/d?version=2
        definitions versions d                  | GET /api/v1/workflow-definitions/d/versions?limit=50
        definitions delete d                    | DELETE /api/v1/workflow-definitions/d
        tasks list                              | GET /api/v1/tasks?limit=50
        tasks show t                            | GET /api/v1/tasks/t
        queues list                             | GET /api/v1/queues?limit=50
        queues show q                           | GET /api/v1/queues/q
        queues backlog q                        | GET /api/v1/queues/q/backlog
        bulk list                               | GET /api/v1/bulk-actions?limit=50
        bulk show b                             | GET /api/v1/bulk-actions/b
        bulk abort b                            | POST /api/v1/bulk-actions/b/abort
        resume q                                | POST /api/v1/queues/q/resume
        workers list --state gone               | GET /api/v1/workers?state=gone&limit=50
        workers show w                          | GET /api/v1/workers/w
        workers jobs w                          | GET /api/v1/workers/w/jobs?limit=50
        ping w                                  | POST /api/v1/workers/w/ping
        drain w                                 | POST /api/v1/workers/w/drain
        workers resume w                        | POST /api/v1/workers/w/resume
        shutdown w                              | POST /api/v1/workers/w/shutdown
        workers serve q w                       | PUT /api/v1/workers/w/queues/q
        workers leave q w                       | DELETE /api/v1/workers/w/queues/q
        inspect active                          | GET /api/v1/jobs?state=RUNNING&limit=50
        inspect registered                      | GET /api/v1/tasks?limit=50
        inspect stats                           | GET /api/v1/stats
        inspect active_queues                   | GET /api/v1/workers?limit=200
        tokens list                             | GET /api/v1/tokens?limit=50
        tokens revoke t                         | DELETE /api/v1/tokens/t
        tenants list                            | GET /api/v1/tenants?limit=50
        tenants show t                          | GET /api/v1/tenants/t
        stats --queue q                         | GET /api/v1/stats?queue=q
        stats --over 24h --task t               | GET /api/v1/stats/series?task=t&window=24h
        audit                                   | GET /api/v1/audit?limit=50
        events --queue q --for 1s               | GET /api/v1/events?queue=q
        """)
    void aVerbIsOneCall(String words, String operation) {
        api.answers(
                operation,
                words.startsWith("events") ? 204 : 200,
                "{\"state\":\"SUCCEEDED\",\"items\":[],\"nextCursor\":null}");

        Ran ran = Ran.on(api, words.split(" "));

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(api.call().operation()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cancel j --reason enough        | POST /api/v1/jobs/j/cancel          | {"reason":"enough"}
        retry j --to slow --payload {"a":1e400} | POST /api/v1/jobs/j/retry   | {"payload":{"a":1e400},"queue":"slow"}
        dlq requeue l                   | POST /api/v1/dead-letters/l/requeue | {}
        requeue --group f --dry-run     | POST /api/v1/dead-letters/requeue   | {"limit":1000,"dryRun":true,"fingerprint":"f"}
        dlq resolve --every --most 5    | POST /api/v1/dead-letters/resolve   | {"limit":5,"dryRun":false}
        pause q --reason later          | POST /api/v1/queues/q/pause         | {"reason":"later"}
        purge q --confirm q             | POST /api/v1/queues/q/purge         | {"confirm":"q"}
        queues set q --slots 4 --priority default | PATCH /api/v1/queues/q           | {"priority":null,"slots":4}
        bulk start cancel j k --reason no | POST /api/v1/bulk-actions          | {"reason":"no","action":"cancel","ids":["j","k"]}
        bulk start retry --task t --state failed --after 2h --dry-run | POST /api/v1/bulk-actions | {"action":"retry","filter":{"state":"FAILED","task":"t","createdAfter":"2026-01-31T10:00:00Z"},"dryRun":true}
        pool grow 2 w                   | POST /api/v1/workers/w/pool         | {"op":"grow","n":2}
        tokens create ci --role Viewer --expires-in 1d | POST /api/v1/tokens  | {"name":"ci","role":"viewer","expiresAt":"2026-02-01T12:00:00Z"}
        tokens create ci --role viewer --requests-per-second 9 | POST /api/v1/tokens | {"name":"ci","role":"viewer","requestsPerSecond":9}
        tokens set t --requests-per-second 9 | PATCH /api/v1/tokens/t         | {"requestsPerSecond":9}
        tokens set t --requests-per-second default | PATCH /api/v1/tokens/t   | {"requestsPerSecond":null}
        tenants create t                | POST /api/v1/tenants                | {"name":"t","quotas":{}}
        tenants create t --queued-jobs 7 --streams 0 | POST /api/v1/tenants   | {"name":"t","quotas":{"queuedJobs":7,"streams":0}}
        tenants set t --schedules 5 --submits-per-second none | PATCH /api/v1/tenants/t | {"quotas":{"schedules":5,"submitsPerSecond":null}}
        schedules preview --cron @daily --zone UTC | POST /api/v1/schedules/preview?count=10 | {"trigger":{"cron":{"expression":"@daily","timezone":"UTC"}}}
        schedules put s {"job":1}       | PUT /api/v1/schedules/s             | {"job":1}
        workflows start {"root":1}      | POST /api/v1/workflows              | {"root":1}
        workflows start {"root":1} --check | POST /api/v1/workflows/validate  | {"root":1}
        workflows signal w yes          | POST /api/v1/workflows/w/signals/yes | null
        workflows signal w yes {"a":1.0} | POST /api/v1/workflows/w/signals/yes | {"a":1.0}
        workflows cancel w --reason no  | POST /api/v1/workflows/w/cancel     | {"reason":"no"}
        workflows retry w               | POST /api/v1/workflows/w/retry      | {}
        definitions put d {"root":1}    | PUT /api/v1/workflow-definitions/d  | {"root":1}
        submit t                        | POST /api/v1/jobs                   | {"task":"t","payload":{}}
        submit t {"a":1.10,"a":2} --delay 2h --ttl PT5M --attempts 3 --tag a --tag b --meta k=v=w --ignore-result --at 2026-02-01T00:00:00Z | POST /api/v1/jobs | {"task":"t","payload":{"a":1.10,"a":2},"delay":"PT2H","runAt":"2026-02-01T00:00:00Z","ttl":"PT5M","retry":{"maxAttempts":3},"tags":["a","b"],"metadata":{"k":"v=w"},"ignoreResult":true}
        """)
    void aVerbSaysInItsBodyWhatWasTyped(String words, String operation, String body) {
        api.answers(operation, 200, "{\"id\":\"x\",\"state\":\"QUEUED\"}");

        Ran ran = Ran.on(api, words.split(" "));

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(api.call().operation()).isEqualTo(operation);
        assertThat(api.call().body()).isEqualTo(body);
    }

    @Test
    void aRollbackPutsWhatAnEarlierVersionWas() {
        api.answers("GET /api/v1/workflow-definitions/d?version=1", 200, """
                {"name":"d","version":1,"current":false,"source":"api","description":"","root":{"group":[]},"output":null}""");
        api.answers("PUT /api/v1/workflow-definitions/d", 201, "{\"name\":\"d\",\"version\":3}");

        Ran ran = Ran.on(api, "definitions", "rollback", "d", "1");

        assertThat(ran.out()).contains("d is at version 3");
        assertThat(api.calls().getLast().body())
                .isEqualTo("{\"description\":\"\",\"root\":{\"group\":[]},\"output\":null}");
    }

    @Test
    void aBulkActionIsWaitedFor() {
        String action = """
            {"id":"b","action":"retry","state":"%s","done":%d,"matched":500,"skipped":0,"failed":0}""";
        api.answers("POST /api/v1/bulk-actions", 202, action.formatted("RUNNING", 0))
                .answers("GET /api/v1/bulk-actions/b", 200, action.formatted("RUNNING", 250))
                .answers("GET /api/v1/bulk-actions/b", 200, action.formatted("COMPLETED", 500));

        assertThat(Ran.on(api, "bulk", "start", "retry", "--task", "t", "--wait")
                        .out())
                .isEqualTo("b retry COMPLETED: 500 of 500 done, 0 skipped, 0 failed\n");
        assertThat(api.calls()).hasSize(3);
    }

    @Test
    void whatIsMeantForAllJobsIsNotSaidByLeavingTheFilterOut() {
        assertThat(Ran.on(api, "bulk", "start", "delete").exit()).isEqualTo(2);
        assertThat(Ran.on(api, "bulk", "start", "delete", "j", "--task", "t").exit())
                .isEqualTo(2);
        assertThat(Ran.on(api, "queues", "set", "q").exit()).isEqualTo(2);
        assertThat(Ran.on(api, "queues", "set", "q", "--slots", "many").exit()).isEqualTo(2);
        assertThat(Ran.on(api, "tenants", "set", "t").exit()).isEqualTo(2);
        assertThat(Ran.on(api, "tenants", "set", "t", "--streams", "default").exit())
                .isEqualTo(2);
        assertThat(Ran.on(api, "tokens", "set", "t").exit()).isEqualTo(2);
        assertThat(api.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        queues set q --slots 4             | PATCH /api/v1/queues/q
        tokens set t --requests-per-second 9 | PATCH /api/v1/tokens/t
        tenants set t --streams 3          | PATCH /api/v1/tenants/t
        """)
    void aChangeInsistsOnTheVersionThatIsGiven(String words, String operation) {
        api.answers(operation, 200, "{}");

        Ran.on(api, (words + " --if-version 7").split(" "));

        assertThat(api.call().ifMatch()).isEqualTo("\"7\"");
    }

    @Test
    void aTenantIsShownWithWhatItMayHave() {
        api.answers("GET /api/v1/tenants/acme", 200, """
                {"name":"acme","quotas":{"queuedJobs":100000,"schedules":0,"streams":null,"submitsPerSecond":null},
                "createdAt":"2026-01-31T11:00:00Z","updatedAt":"2026-01-31T11:00:00Z","version":3}""");

        assertThat(Ran.on(api, "tenants", "show", "acme").out())
                .containsPattern("queued jobs +100000\n")
                .containsPattern("schedules +0\n")
                .containsPattern("streams +no limit\n")
                .containsPattern("version +3\n");
    }

    @Test
    void statsAreARowForEachWindowAndTask() {
        String figures = """
                {"ended":120,"succeeded":110,"failed":2,"timedOut":3,"cancelled":1,"expired":4,"retried":5,"perSecond":1.333,
                "waitMs":{"p50":3,"p95":18,"p99":90},"runMs":{"p50":null,"p95":null,"p99":null}}""";
        api.answers("GET /api/v1/stats", 200, """
                {"countedTo":"2026-01-31T12:00:00Z","jobs":{},"windows":[{"window":"1m","from":"2026-01-31T11:59:00Z","to":"2026-01-31T12:00:00Z",
                "all":%1$s,"tasks":[{"task":"demo.echo","queue":"default","figures":%1$s}]}]}""".formatted(figures));
        api.answers("GET /api/v1/stats/series?window=1h", 200, """
                {"countedTo":"2026-01-31T12:00:00Z","window":"1h","stepSeconds":60,"items":[{"at":"2026-01-31T11:58:00Z","figures":%s}]}""".formatted(figures));
        String row = " +120 +1.333 +9 +5 +3ms +18ms +- +-\n";

        assertThat(Ran.on(api, "stats").out())
                .containsPattern("1m" + row)
                .containsPattern("1m +demo.echo +default" + row);
        assertThat(Ran.on(api, "stats", "--over", "1h").out()).containsPattern("2026-01-31T11:58:00Z" + row);
    }

    @Test
    void slotsThatQueuesShareCountOnce() {
        api.answers("GET /api/v1/workers?limit=50", 200, """
            {"items":[{"id":"w","queues":[{"name":"a","concurrency":4,"running":1,"held":1,"shared":true},
            {"name":"b","concurrency":4,"running":2,"held":2,"shared":true},
            {"name":"c","concurrency":3,"running":0,"held":0,"shared":false}]}],"nextCursor":null}""");

        assertThat(Ran.on(api, "workers", "list").out()).containsPattern("\\bw .* 3 +7 +3 ");
    }

    @Test
    void aWorkflowIsATreeOfItsSteps() {
        api.answers("GET /api/v1/workflows/w", 200, """
                {"id":"w","state":"RUNNING","counts":{"members":41,"succeeded":12,"failed":1},"output":null,"error":null,
                "waitingFor":[],"nodes":[
                {"name":"root","parent":null,"kind":"chain","state":"RUNNING","error":null},
                {"name":"split","parent":"root","kind":"task","state":"SUCCEEDED","label":"Split","error":null},
                {"name":"both","parent":"root","kind":"group","state":"RUNNING","error":null},
                {"name":"pages","parent":"both","kind":"map","state":"RUNNING","size":40,"succeeded":12,"failed":1,"error":null},
                {"name":"ask","parent":"both","kind":"signal","state":"FAILED",
                "error":{"type":"SignalTimeout","message":"\\u001b[2Jlate"}},
                {"name":"save","parent":"root","kind":"task","state":"PENDING","error":null}]}""");

        assertThat(Ran.on(api, "workflows", "show", "w").out()).endsWith("""
                jobs      41 made, 12 succeeded, 1 failed
                RUNNING root (chain)
                  SUCCEEDED split 'Split' (task)
                  RUNNING both (group)
                    RUNNING pages (map) 12 of 40 succeeded, 1 failed
                    FAILED ask (signal): SignalTimeout \\u001b[2Jlate
                  PENDING save (task)
                """);
    }

    @Test
    void aListIsATableForPeople() {
        api.answers("GET /api/v1/jobs?limit=50", 200, page(job("RUNNING", "null", "null", "null"), null));

        assertThat(Ran.on(api, "jobs").out()).isEqualTo("""
                JOB                                   STATE    TASK       QUEUE    ATTEMPT  AGE  RAN  WORKER
                0192f3c1-7f3e-7abc-8def-0123456789ab  RUNNING  demo.echo  default      1/4   3m  7ms  w\\u001b[2J
                """);
    }

    @Test
    void aListIsReadPageAfterPageAndShownAsItCame() {
        String first = page(job("RUNNING", "null", "null", "null"), "c1");
        String second = page("", null);
        api.answers("GET /api/v1/jobs?limit=200", 200, first)
                .answers("GET /api/v1/jobs?limit=200&cursor=c1", 200, second);
        api.answers("GET /api/v1/jobs?cursor=c1&limit=200", 200, second);

        Ran ran = Ran.on(api, "jobs", "--all", "--json");

        assertThat(ran.out()).isEqualTo(first + "\n" + second + "\n");
    }

    @Test
    void aListThatGoesOnSaysSo() {
        api.answers("GET /api/v1/jobs?limit=1", 200, page(job("RUNNING", "null", "null", "null"), "c1"));

        assertThat(Ran.on(api, "jobs", "--limit", "1").err()).contains("There are more");
    }

    @Test
    void countsOfSeveralAnswersAreAddedUp() {
        String link = "<http://x/api/v1/jobs/counts?tag=a&cursor=c_1>; rel=\"next\"";
        api.answers(
                "GET /api/v1/jobs/counts?tag=a",
                200,
                "application/json",
                "{\"QUEUED\":2,\"FAILED\":0}",
                Map.of("Link", link));
        api.answers("GET /api/v1/jobs/counts?tag=a&cursor=c_1", 200, "{\"QUEUED\":40,\"FAILED\":1}");

        assertThat(Ran.on(api, "counts", "--tag", "a").out()).isEqualTo("""
                STATE   JOBS
                QUEUED    42
                FAILED     1
                """);
    }

    @Test
    void aJobIsShownWithItsNumbersAsTheyAre() {
        api.answers("GET /api/v1/jobs/j", 200, job("SUCCEEDED", "\"2026-01-31T11:59:00Z\"", "{\"x\":10.00}", "null"));

        assertThat(Ran.on(api, "job", "j").out()).contains("1.10", "10.00", "2026-01-31 11:59:00 (1m ago)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"state":"SUCCEEDED","result":{"a":1}}                       | 0
            200 | {"state":"FAILED","error":{"type":"E","message":"m\\u0007"}} | 4
            200 | {"state":"CANCELLED","error":null}                           | 4
            200 | {"state":"CANCELLED","result":null}                          | 4
            202 | {"state":"RUNNING"}                                          | 5
            """)
    void aResultEndsAsTheJobDid(int status, String body, int exit) {
        api.answers("GET /api/v1/jobs/j/result", status, body);

        Ran ran = Ran.on(api, "result", "j");

        assertThat(ran.exit()).isEqualTo(exit);
        assertThat(ran.err().contains("The job ended")).isEqualTo(exit == 4);
        assertThat(ran.out()).doesNotContain("\u0007");
        assertThat(Ran.on(api, "result", "j", "--json").out()).isEqualTo(body + "\n");
    }

    @Test
    void aResultIsAskedForAgainUntilItIsThere() {
        api.answers("GET /api/v1/jobs/j/result?wait=60", 202, "{\"state\":\"RUNNING\"}")
                .answers("GET /api/v1/jobs/j/result?wait=60", 202, "{\"state\":\"RUNNING\"}")
                .answers("GET /api/v1/jobs/j/result?wait=60", 200, "{\"state\":\"SUCCEEDED\",\"result\":[1]}");

        Ran ran = Ran.on(api, "result", "j", "--wait");

        assertThat(ran.exit()).isZero();
        assertThat(api.calls()).hasSize(3);
    }

    @Test
    void aSubmitPrintsTheIdAloneSoThatScriptsCanTakeIt() {
        api.answers("POST /api/v1/jobs", 202, job("QUEUED", "null", "null", "null"));

        Ran ran = Ran.on(api, "submit", "demo.echo", "{}");

        assertThat(ran.out()).isEqualTo("0192f3c1-7f3e-7abc-8def-0123456789ab\n");
        assertThat(api.call().idempotencyKey()).isEqualTo(Ran.ID.toString());
    }

    @Test
    void aPayloadMayComeFromAFileOrFromStandardInput() throws Exception {
        api.answers("POST /api/v1/jobs", 202, job("QUEUED", "null", "null", "null"));
        Path file = Files.writeString(folder.resolve("p.json"), "{\"from\":\"a file\"}");

        Ran.on(api, "submit", "t", "@" + file);
        Ran.typing("{\"from\":\"a pipe\"}", api, "submit", "t", "-");

        assertThat(api.calls())
                .extracting(FakeApi.Got::body)
                .satisfiesExactly(
                        first -> assertThat(first).contains("a file"),
                        second -> assertThat(second).contains("a pipe"));
    }

    @ParameterizedTest
    @CsvSource({"'{value: 1}'", "'{} {}'", "''", "'@/no/such/file'"})
    void aPayloadThatIsNoJsonIsNotSent(String payload) {
        assertThat(Ran.on(api, "submit", "t", payload).exit()).isEqualTo(2);
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void manyJobsAreSubmittedAThousandACallAndRefusalsAreNumbered() {
        api.answers("POST /api/v1/jobs/bulk", 202, "{\"accepted\":1000,\"rejected\":0,\"items\":[]}")
                .answers("POST /api/v1/jobs/bulk", 202, """
                    {"accepted":0,"rejected":1,"items":[{"index":0,"problem":{"type":"/problems/unknown-task",
                     "title":"The task is unknown","status":422,"detail":"No.","errors":[]}}]}""");

        Ran ran = Ran.typing("{\"task\":\"t\"}\n\n".repeat(1_001), api, "submit-many", "-");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("Job 1001:", "The task is unknown", "1000 accepted, 1 refused.");
        assertThat(api.calls().get(0).body().lines()).hasSize(1_000);
        assertThat(api.calls().get(1).body().lines()).hasSize(1);
    }

    @Test
    void watchingTellsEachEventAndEndsAsTheJobDid() {
        api.streams(
                "GET /api/v1/jobs/j/events",
                event("1", "snapshot", job("RUNNING", "null", "null", "null"))
                        + event(
                                "2",
                                "progress",
                                "{\"jobId\":\"j\",\"current\":4,\"total\":10,\"percent\":40,\"message\":\"x\\u001b[A\"}")
                        + event(
                                "3",
                                "done",
                                job(
                                        "FAILED",
                                        "\"2026-01-31T11:59:00Z\"",
                                        "null",
                                        "{\"type\":\"E\",\"message\":\"m\"}")));

        Ran ran = Ran.on(api, "watch", "j");

        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.out()).isEqualTo("""
                RUNNING, attempt 1 of 4, on w\\u001b[2J
                4 of 10 (40 %): x\\u001b[A
                FAILED, attempt 1 of 4, on w\\u001b[2J after 7ms
                E: m
                """);
    }

    @Test
    void watchingAJobWhoseEndWasToldReadsItsResult() {
        api.answers("GET /api/v1/jobs/j/events", 204, "")
                .answers("GET /api/v1/jobs/j/result", 200, "{\"state\":\"SUCCEEDED\",\"result\":1}");

        assertThat(Ran.on(api, "watch", "j").exit()).isZero();
    }

    @Test
    void eventsAreShownAsTheyCameUntilThereAreEnough() {
        String job = job("QUEUED", "null", "null", "null");
        api.streams(
                "GET /api/v1/events", event("1", "state", job) + event("2", "state", job) + event("3", "state", job));

        Ran ran = Ran.on(api, "events", "--count", "2", "--json");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"data\":"));
    }

    @Test
    void aPurgeAsksOnATerminal() {
        api.answers("POST /api/v1/queues/mail/purge", 202, "{\"purged\":7,\"complete\":true}");

        Ran wrong = Ran.onATerminal(api, "male\n", "purge", "mail");
        Ran right = Ran.onATerminal(api, "mail\n", "purge", "mail");

        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(right.exit()).isZero();
        assertThat(right.out()).isEqualTo("7 jobs were cancelled\n");
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void aPingAsksAllWorkersAndTheWorstCounts() {
        api.answers(
                        "GET /api/v1/workers?limit=200",
                        200,
                        "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"nextCursor\":null}")
                .answers("POST /api/v1/workers/a/ping", 504, FakeApi.problem(504, "no-reply", "No reply"))
                .answers("POST /api/v1/workers/b/ping", 200, "{}");

        Ran ran = Ran.on(api, "ping");

        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.out()).isEqualTo("b is there\n");
    }

    @Test
    void reservedAreThoseThatWorkersHoldAndDoNotRun() {
        api.answers("GET /api/v1/workers?limit=200", 200, "{\"items\":[{\"id\":\"a\"}],\"nextCursor\":null}")
                .answers(
                        "GET /api/v1/workers/a/jobs?limit=200",
                        200,
                        page(
                                job("RUNNING", "null", "null", "null") + "," + job("QUEUED", "null", "null", "null"),
                                null));

        assertThat(Ran.on(api, "inspect", "reserved").out()).contains("QUEUED").doesNotContain("RUNNING");
    }

    @Test
    void scheduledAreThoseThatWaitForATime() {
        api.answers("GET /api/v1/jobs?state=SCHEDULED&limit=50", 200, page("", null))
                .answers(
                        "GET /api/v1/jobs?state=RETRYING&limit=50",
                        200,
                        page(job("RETRYING", "null", "null", "null"), null));

        assertThat(Ran.on(api, "inspect", "scheduled").out()).contains("RETRYING");
    }

    @Test
    void aStatusWithoutWorkersEndsWith1() {
        standing(List.of());

        Ran ran = Ran.on(api, "status");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("Millrace 0.1.0", "yes", "12 QUEUED");
        assertThat(ran.err()).contains("No worker is there.");
    }

    @Test
    void aStatusKnowsWorkersByWhatTasksSayWhereTheyAreNotListed() {
        standing(List.of("w1"));

        Ran ran = Ran.on(api, "status");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("w1");
    }

    @Test
    void aStatusOfAnApiThatIsNotReadySaysWhy() {
        api.answers("GET /", 200, "{\"name\":\"Millrace\",\"version\":\"0.1.0\"}")
                .answers("GET /q/health/ready", 503, "application/json", """
                        {"status":"DOWN","checks":[{"name":"postgres","status":"DOWN"},{"name":"tasks","status":"UP"}]}""", Map.of());

        Ran ran = Ran.on(api, "status");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("no: postgres is DOWN");
    }

    @Test
    void topIsShownOnceWhereNobodySeesIt() {
        standing(List.of("w1"));

        Ran ran = Ran.on(api, "top");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("12 QUEUED", "w1").doesNotContain("\u001b");
    }

    @Test
    void topFillsTheScreenAndLeavesItAsItWas() {
        standing(List.of("w1"));

        Ran ran = Ran.onATerminal(api, "", "top", "--count", "2");

        assertThat(ran.out()).startsWith("\u001b[?1049h").endsWith("\u001b[?25h\u001b[?1049l");
        assertThat(ran.out().split("\u001b\\[H", -1)).hasSize(3);
    }

    @Test
    void aDiagnosisNamesWhatIsWrongAndWhatToDo() {
        standing(List.of());
        api.answers("GET /api/v1/jobs/counts?task=demo.echo", 200, "{\"QUEUED\":12}")
                .answers("GET /api/v1/dead-letters?limit=1", 200, "{\"items\":[],\"nextCursor\":null}");

        Ran ran = Ran.on(api, "diagnose");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("No worker is there.", "12 jobs of the task 'demo.echo' wait", "Start a worker");
    }

    @Test
    void tellsWhatTheServerFindsWhereItLooksItself() {
        standing(List.of());
        api.answers("GET /api/v1/diagnostics", 200, """
                {"at":"2026-01-31T12:00:00Z","status":"bad","checks":[
                {"check":"redis","status":"ok","finding":"It answers.","recommendation":null},
                {"check":"queues","status":"bad","finding":"Nobody serves 'mail'.","recommendation":"Start a worker."}]}""");

        Ran ran = Ran.on(api, "diagnose");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("ok    redis: It answers.", "bad   queues: Nobody serves 'mail'.", "Start a worker.")
                .doesNotContain("No worker is there.");
    }

    private void standing(List<String> workers) {
        String ids =
                String.join(",", workers.stream().map(id -> "\"" + id + "\"").toList());
        api.answers("GET /", 200, "{\"name\":\"Millrace\",\"version\":\"0.1.0\"}")
                .answers("GET /q/health/ready", 200, "{\"status\":\"UP\",\"checks\":[]}")
                .answers("GET /api/v1/jobs/counts", 200, "{\"QUEUED\":12,\"RUNNING\":0}")
                .answers(
                        "GET /api/v1/tasks?limit=200",
                        200,
                        "{\"items\":[{\"name\":\"demo.echo\",\"workers\":[" + ids + "]}],\"nextCursor\":null}");
    }

    private static String job(String state, String finishedAt, String result, String error) {
        return """
                {"id":"0192f3c1-7f3e-7abc-8def-0123456789ab","task":"demo.echo","queue":"default","priority":5,"state":"%s",\
                "payload":{"value":1.10},"attempt":1,"maxAttempts":4,"run":1,"progress":null,"tags":[],"metadata":{},\
                "tenant":"default","createdAt":"2026-01-31T11:57:00Z","scheduledFor":null,"startedAt":null,"finishedAt":%s,\
                "durationMs":7,"waitMs":12,"expiresAt":null,"nextAttemptAt":null,"worker":"w\\u001b[2J","result":%s,"error":%s}""".formatted(state, finishedAt, result, error);
    }

    private static String page(String items, @Nullable String next) {
        return "{\"items\":[" + items + "],\"nextCursor\":" + (next == null ? "null" : "\"" + next + "\"") + "}";
    }

    private static String event(String id, String name, String data) {
        return "id:%s\nevent:%s\ndata:{\"data\":%s}\n\n".formatted(id, name, data);
    }
}
