package dev.millrace.flow;

import static dev.millrace.flow.Flows.chain;
import static dev.millrace.flow.Flows.cursor;
import static dev.millrace.flow.Flows.graph;
import static dev.millrace.flow.Flows.group;
import static dev.millrace.flow.Flows.index;
import static dev.millrace.flow.Flows.input;
import static dev.millrace.flow.Flows.item;
import static dev.millrace.flow.Flows.literal;
import static dev.millrace.flow.Flows.map;
import static dev.millrace.flow.Flows.object;
import static dev.millrace.flow.Flows.outcome;
import static dev.millrace.flow.Flows.prev;
import static dev.millrace.flow.Flows.ref;
import static dev.millrace.flow.Flows.signal;
import static dev.millrace.flow.Flows.step;
import static dev.millrace.flow.Flows.task;
import static dev.millrace.flow.Flows.text;
import static dev.millrace.flow.Flows.waitFor;
import static dev.millrace.flow.Flows.waitUntil;
import static dev.millrace.flow.Flows.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.flow.GraphStep.After;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void saysAChain() {
        TaskStep fetch = task("fetch", "report.fetch").payload(object("month", ref("/input/month")));
        Flow report = chain(
                        fetch,
                        task("charts", "report.charts")
                                .payload(object("rows", prev().at("rows")))
                                .maxAttempts(3),
                        task("pdf", "report.pdf").payload(object("charts", prev(), "rows", fetch.result("/rows"))),
                        task("mail", "email.send")
                                .payload(object(
                                        "to",
                                        input().at("to"),
                                        "subject",
                                        text("Report for {/input/month}"),
                                        "text",
                                        ref("/prev/url"))))
                .onFailure(task("ops.tell").payload(object("what", outcome())))
                .named("report")
                .input(Map.of("month", "2026-11", "to", List.of("a@b.c")));

        assertSays(report, """
                {"name":"report","input":{"month":"2026-11","to":["a@b.c"]},"root":{"chain":[
                  {"name":"fetch","task":"report.fetch","payload":{"month":{"$ref":"/input/month"}}},
                  {"name":"charts","task":"report.charts","payload":{"rows":{"$ref":"/prev/rows"}},"retry":{"maxAttempts":3}},
                  {"name":"pdf","task":"report.pdf","payload":{"charts":{"$ref":"/prev"},"rows":{"$ref":"/steps/fetch/result/rows"}}},
                  {"name":"mail","task":"email.send","payload":{"to":{"$ref":"/input/to"},"subject":{"$text":"Report for {/input/month}"},"text":{"$ref":"/prev/url"}}}]},
                 "on":{"failure":{"task":"ops.tell","payload":{"what":{"$ref":"/outcome"}}}}}""");
    }

    @Test
    void saysAMapThatToleratesFailures() {
        MapStep pages = map("pages")
                .items(ref("/prev/pages"))
                .window(200)
                .each(task("ocr.page")
                        .payload(object("page", item(), "n", index()))
                        .timeout(Duration.ofMinutes(2)))
                .toleratePercent(20);
        Flow ocr = chain(
                        task("prepare", "ocr.split").payload(object("url", ref("/input/pdf"))),
                        pages,
                        task("save", "ocr.save").payload(object("texts", pages.result(), "failed", pages.failures())))
                .flow()
                .input(Map.of("pdf", "s3://…"));

        assertSays(ocr, """
                {"input":{"pdf":"s3://…"},"root":{"chain":[
                  {"name":"prepare","task":"ocr.split","payload":{"url":{"$ref":"/input/pdf"}}},
                  {"name":"pages","map":{"items":{"$ref":"/prev/pages"},"window":200,"each":{"task":"ocr.page","payload":{"page":{"$ref":"/item"},"n":{"$ref":"/index"}},"timeout":"PT2M"}},"tolerate":{"percent":20}},
                  {"name":"save","task":"ocr.save","payload":{"texts":{"$ref":"/steps/pages/result"},"failed":{"$ref":"/steps/pages/failures"}}}]}}""");
    }

    @Test
    void saysListsOfEveryKind() {
        assertSays(
                map().items(List.of(List.of(1, 2), List.of(3, 4)))
                        .each(task("add").payload(object("x", ref("/item/0"), "y", item().at("1")))),
                """
                {"map":{"items":[[1,2],[3,4]],"each":{"task":"add","payload":{"x":{"$ref":"/item/0"},"y":{"$ref":"/item/1"}}}}}""");
        assertSays(
                map().range(0, 100_000)
                        .chunk(100)
                        .window(50)
                        .each(task("thumb").payload(object("id", item())).ignoreResult()),
                """
                {"map":{"items":{"range":{"from":0,"to":100000}},"chunk":100,"window":50,"each":{"task":"thumb","payload":{"id":{"$ref":"/item"}},"ignoreResult":true}}}""");
        assertSays(
                map().pages(task("db.page").payload(object("after", cursor().orElse(null))))
                        .window(2_000)
                        .each(task("user.sync").payload(item()))
                        .tolerate(100),
                """
                {"map":{"items":{"pages":{"task":"db.page","payload":{"after":{"$ref":"/cursor","default":null}}}},"window":2000,"each":{"task":"user.sync","payload":{"$ref":"/item"}}},"tolerate":{"failures":100}}""");
        assertSays(
                map().items(step("download").result("/rows"))
                        .each(chain(
                                task("v", "csv.validate").payload(item()),
                                task("csv.save")
                                        .payload(object(
                                                "row",
                                                prev(),
                                                "batch",
                                                step("download").result("/id"))))),
                """
                {"map":{"items":{"$ref":"/steps/download/result/rows"},"each":{"chain":[{"name":"v","task":"csv.validate","payload":{"$ref":"/item"}},{"task":"csv.save","payload":{"row":{"$ref":"/prev"},"batch":{"$ref":"/steps/download/result/id"}}}]}}}""");
    }

    @Test
    void saysGroupsInChainsInGroups() {
        assertSays(
                chain(
                        group(
                                task("a").payload(Map.of()),
                                chain(task("b").payload(Map.of()), group(task("c"), task("d")))),
                        task("tell")),
                """
                {"chain":[{"group":[{"task":"a","payload":{}},{"chain":[{"task":"b","payload":{}},{"group":[{"task":"c"},{"task":"d"}]}]}]},{"task":"tell"}]}""");
    }

    @Test
    void saysAGraphWithAnApproval() {
        Ref yes = step("approve").result("/payload/yes");
        Flow month = graph().node("topics", task("topics.plan").payload(object("month", ref("/input/month"))))
                .node(
                        "approve",
                        signal("approval")
                                .timeout(Duration.ofDays(3))
                                .continueOnTimeout()
                                .schema(
                                        "{\"type\":\"object\",\"required\":[\"yes\"],\"properties\":{\"yes\":{\"type\":\"boolean\"}}}"),
                        "topics")
                .node(
                        "posts",
                        map().items(step("topics").result("/topics"))
                                .window(20)
                                .each(workflow("post.write@2").input(object("topic", item())))
                                .when(When.is(yes, true))
                                .tolerateAll(),
                        "approve")
                .node(
                        "refused",
                        task("ops.tell").payload(Map.of("text", "no")).when(When.not(When.is(yes, true))),
                        "approve")
                .node(
                        "finalise",
                        task("month.close")
                                .payload(object("posts", step("posts").result().orElse(List.of()))),
                        "posts",
                        "refused")
                .node(
                        "notify",
                        task("email.send")
                                .payload(object(
                                        "to",
                                        List.of("e@d.f"),
                                        "subject",
                                        "Month",
                                        "text",
                                        text("{/steps/finalise/state}"))),
                        List.of(After.any("finalise")))
                .flow()
                .timeout(Duration.ofDays(7));

        assertSays(month, """
                {"root":{"graph":{
                  "topics":{"task":"topics.plan","payload":{"month":{"$ref":"/input/month"}}},
                  "approve":{"after":["topics"],"signal":"approval","timeout":"PT72H","onTimeout":"continue","schema":{"type":"object","required":["yes"],"properties":{"yes":{"type":"boolean"}}}},
                  "posts":{"after":["approve"],"when":{"ref":"/steps/approve/result/payload/yes","is":true},"tolerate":"all",
                    "map":{"items":{"$ref":"/steps/topics/result/topics"},"window":20,"each":{"workflow":"post.write@2","input":{"topic":{"$ref":"/item"}}}}},
                  "refused":{"after":["approve"],"when":{"not":{"ref":"/steps/approve/result/payload/yes","is":true}},"task":"ops.tell","payload":{"text":"no"}},
                  "finalise":{"after":["posts","refused"],"task":"month.close","payload":{"posts":{"$ref":"/steps/posts/result","default":[]}}},
                  "notify":{"after":[{"node":"finalise","on":"any"}],"task":"email.send","payload":{"to":["e@d.f"],"subject":"Month","text":{"$text":"{/steps/finalise/state}"}}}}},
                 "timeout":"PT168H"}""");
    }

    @Test
    void saysWhatBecomesOfFailuresAndHowTheyAreUndone() {
        assertSays(
                chain(
                        task("charge", "card.charge")
                                .compensate(task("card.refund")
                                        .payload(step("charge").result())),
                        task("a").abortOnFailure(),
                        task("b").partialOnFailure().label("B"),
                        task("c").resultOnFailure(null)),
                """
                {"chain":[{"name":"charge","task":"card.charge","compensate":{"task":"card.refund","payload":{"$ref":"/steps/charge/result"}}},
                  {"task":"a","onFailure":"abort"},{"task":"b","onFailure":"partial","label":"B"},{"task":"c","onFailure":{"result":null}}]}""");
    }

    @Test
    void saysWhatHoldsForAllOfIt() {
        Flow flow = Flow.of(task("a"))
                .output(object("n", ref("/steps/a/result"), "as-is", literal(Map.of("$ref", "x"))))
                .onSuccess(task("s"))
                .onPartial(task("p"))
                .onFailure(task("f"))
                .onComplete(task("c"))
                .onFirstFailure(task("ff"))
                .priority(8)
                .tags("month")
                .metadata(Map.of("k", 1));

        assertSays(flow, """
                {"root":{"task":"a"},"output":{"n":{"$ref":"/steps/a/result"},"as-is":{"$literal":{"$ref":"x"}}},
                 "on":{"success":{"task":"s"},"partial":{"task":"p"},"failure":{"task":"f"},"complete":{"task":"c"},"firstFailure":{"task":"ff"}},
                 "priority":8,"tags":["month"],"metadata":{"k":1}}""");
    }

    @Test
    void saysPausesAndChildren() {
        assertSays(
                chain(
                        waitFor(Duration.ofHours(1)),
                        waitUntil(Instant.EPOCH),
                        waitUntil(ref("/input/at")),
                        workflow(Flow.of(task("a"))).maxAttempts(2).backoff(Duration.ofSeconds(5))),
                """
                {"chain":[{"wait":{"for":"PT1H"}},{"wait":{"until":"1970-01-01T00:00:00Z"}},{"wait":{"until":{"$ref":"/input/at"}}},
                  {"workflow":{"root":{"task":"a"}},"retry":{"maxAttempts":2,"backoff":{"type":"fixed","base":"PT5S"}}}]}""");
    }

    @Test
    void saysConditions() {
        Ref place = ref("/input/n");
        assertSays(
                task("a")
                        .when(When.all(
                                When.any(When.above(place, 1), When.below(place, 0.5)),
                                When.in(place, "x", null),
                                When.exists(place))),
                """
                {"task":"a","when":{"all":[{"any":[{"ref":"/input/n","above":1},{"ref":"/input/n","below":0.5}]},
                  {"ref":"/input/n","in":["x",null]},{"ref":"/input/n","exists":true}]}}""");
    }

    @Test
    void whatIsSaidOfAStepLaterIsSaidOfAnother() {
        TaskStep step = task("a");

        TaskStep more = step.queue("q").named("n").payload(1);

        assertThat(step).isEqualTo(task("a")).hasToString("{\"task\":\"a\"}");
        assertThat(more).isNotEqualTo(step);
        GraphStep empty = graph();
        empty.node("x", step);
        assertThat(empty).isEqualTo(graph());
    }

    @Test
    void refusesWhatItCanSeeItself() {
        assertThatThrownBy(Flows::chain).hasMessageContaining("a step or more");
        assertThatThrownBy(() -> task("a b", "t")).hasMessageContaining("A step's name");
        assertThatThrownBy(() -> ref("input")).hasMessageContaining("begins with '/'");
        assertThatThrownBy(() -> task("a").result()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> object("a")).hasMessageContaining("in turn");
        assertThatThrownBy(() -> task("a").payload(new Object())).hasMessageContaining("No Object can stand");
        assertThatThrownBy(() -> graph().node("x", task("a")).node("x", task("b")))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> group().toleratePercent(101)).hasMessageContaining("percent");
        assertThatThrownBy(() -> literal(ref("/input"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSays(Step<?> step, String json) {
        assertThat(tree(step.toString())).isEqualTo(tree(json));
        assertSays(step.flow(), "{\"root\":" + json + "}");
    }

    private static void assertSays(Flow flow, String json) {
        assertThat(tree(flow.toJson())).isEqualTo(tree(json));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }
}
