package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Histories;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobPlace;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobState;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.TaskName;
import dev.millrace.job.Token;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.EventCodec.Decoded.Malformed;
import dev.millrace.testkit.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodecTest {

    private static final PolicyOverride TERMS = PolicyOverride.of(ExecutionPolicy.DEFAULT);
    private static final EntryId ENTRY = EntryId.parse("1700000000000-0");

    @Test
    void readsBackEveryFieldOfAJobInEitherForm() {
        Job expiring = Jobs.expiring(Jobs.job(1), Instant.ofEpochMilli(1_700_000_000_123L));
        Job headed = Jobs.withHeaders(expiring, Map.of("a", "", "h.b", "ü", "traceparent", "00-1", "p", "r"));
        Job due = Jobs.due(expiring, Instant.ofEpochMilli(1_700_000_000_100L));
        Job odd = Jobs.job(1)
                .withSpec(JobSpec.of(new TaskName("t"), Jobs.QUEUE, "a||b|", "").withIgnoreResult(true));
        Job member = headed.withSpec(headed.spec().withPlace(new JobPlace(new UUID(7, 8), "pages", -1)));
        for (Job job : List.of(
                Jobs.job(1), Jobs.withPolicy(expiring, TERMS), someTerms(), expiring, headed, due, odd, member)) {
            Lane band = Lane.of(job.queue(), job.band());
            for (Map<String, String> fields : List.of(lean(job), named(job))) {
                Delivery read = EntryCodec.delivery(band, ENTRY, 2, fields);
                assertThat(read.job()).isEqualTo(job.withRun(4));
                assertThat(read.token()).isEqualTo(new Token(3, 4, 2));
            }
        }
    }

    @Test
    void leavesAPlaceAsideThatItCannotRead() {
        Job member = Jobs.job(1).withSpec(Jobs.job(1).spec().withPlace(new JobPlace(new UUID(7, 8), "pages", 41)));
        for (Map.Entry<String, String> odd :
                Map.of("workflow", "none", "node", "", "index", "first").entrySet()) {
            Map<String, String> fields = new LinkedHashMap<>(lean(member));
            fields.put(odd.getKey(), odd.getValue());
            Delivery read = EntryCodec.delivery(Lane.of(Jobs.QUEUE, Band.NORMAL), ENTRY, 2, fields);
            assertThat(read.job()).isEqualTo(Jobs.job(1).withRun(4));
        }
    }

    @Test
    void namesTheMarkerOfALeanEntryThatNothingLimits() {
        Job due = Jobs.due(Jobs.job(1), Instant.ofEpochMilli(1));
        for (Job job : List.of(Jobs.job(1), due)) {
            assertThat(markerOf(lean(job))).contains("3.4|qnormal|1700000000000-0|");
        }
        assertThat(markerOf(lean(Jobs.expiring(due, Instant.EPOCH)))).isEmpty();
        assertThat(markerOf(named(Jobs.job(1)))).isEmpty();
        assertThat(markerOf(Map.of("r", "3.4", "h", ""))).isEmpty();
    }

    private static Optional<String> markerOf(Map<String, String> fields) {
        return EntryCodec.markerOf(Lane.of(Jobs.QUEUE, Band.NORMAL), ENTRY, fields);
    }

    @Test
    void I27_refusesALeanEntryThatItCannotRead() {
        for (Map.Entry<String, String> bad :
                Map.of("r", "3", "h", "||1|0|t", "j", "none").entrySet()) {
            Map<String, String> fields = new LinkedHashMap<>(lean(Jobs.job(1)));
            fields.put(bad.getKey(), bad.getValue());
            assertThatThrownBy(() -> EntryCodec.delivery(Lane.of(Jobs.QUEUE, Band.NORMAL), ENTRY, 2, fields))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Map<String, String> lean(Job job) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("r", "3.4");
        fields.put("j", job.id().toString());
        fields.put("h", EntryCodec.head(job));
        fields.put("p", job.payload());
        fields.putAll(map(EntryCodec.others(job.spec())));
        return fields;
    }

    private static Map<String, String> named(Job job) {
        Map<String, String> fields = map(JobFields.named(job));
        fields.putAll(Map.of("epoch", "3", "run", "4"));
        return fields;
    }

    @Test
    void I19_writesADueTimeThatIsNeverBeforeTheOneGiven() {
        Instant due = Instant.parse("2026-01-01T00:00:00.000000001Z");
        assertThat(EntryCodec.ceiling(due)).isEqualTo(due.toEpochMilli() + 1);
        assertThat(EntryCodec.ceiling(due.minusNanos(1))).isEqualTo(due.toEpochMilli());
    }

    private static Job someTerms() {
        RetryOverride retry = new RetryOverride(1, null, null, null, null, Jitter.NONE);
        return Jobs.withPolicy(Jobs.job(1), new PolicyOverride(null, Duration.ofMillis(1), retry));
    }

    @Test
    void leavesTermsAsideThatItCannotRead() {
        for (Map.Entry<String, String> newer : Map.of("backoff", "fibonacci", "maxAttempts", "0", "timeout", "1 day")
                .entrySet()) {
            Map<String, String> fields = lean(Jobs.withPolicy(Jobs.job(1), TERMS));
            fields.put(newer.getKey(), newer.getValue());
            Job read = EntryCodec.delivery(Lane.of(Jobs.QUEUE, Band.NORMAL), ENTRY, 2, fields)
                    .job();
            assertThat(read.spec().policy()).isEqualTo(PolicyOverride.NONE);
        }
    }

    @Test
    void leavesOutWhatIsNotSet() {
        assertThat(EntryCodec.others(Jobs.job(1).spec())).containsExactly("h.traceparent", "00-abc");
        assertThat(EntryCodec.head(Jobs.job(1))).isEqualTo("||1|0|email.send|default");
    }

    @Test
    void readsEventsWithTheirPosition() {
        JobEvent event = event(Map.of("type", "PROGRESS", "current", "3", "total", "9", "message", ""));
        assertThat(event.position().rank()).isEqualTo(Rank.STARTED);
        assertThat(event.position().event()).isEqualTo(ENTRY);
        assertThat(event.position().token()).isEqualTo(new Token(1, 2, 3));
        assertThat(((Progressed) event).progress()).isEqualTo(new Progress(3, 9, null));
    }

    @Test
    void readsEveryEnd() {
        for (JobState state : JobState.values()) {
            Decoded decoded = decode(Map.of("type", state.name()));
            if (state.ended()) {
                assertThat(((Ended) ((Decoded.Event) decoded).event()).state()).isEqualTo(state);
            } else if (state == JobState.QUEUED) {
                assertThat(decoded).isInstanceOf(Decoded.Event.class);
            } else {
                assertThat(decoded).isInstanceOf(Malformed.class);
            }
        }
    }

    @Test
    void readsWhatItWroteOfEveryEvent() {
        Histories histories = new Histories(5);
        for (int round = 0; round < 100; round++) {
            histories
                    .of(Jobs.id(1))
                    .forEach(event -> assertThat(EventCodec.decode(EventFields.entry(event)))
                            .isEqualTo(new Decoded.Event(event.position().event(), event)));
        }
    }

    @Test
    void namesTheJobOfABrokenEndSoThatItDoesNotWaitForEver() {
        Malformed broken = (Malformed) decode(Map.of("type", "FAILED", "epoch", "none"));
        assertThat(broken.endedJob()).contains(Jobs.id(1));
        assertThat(broken.reason()).contains("epoch");
        assertThat(((Malformed) decode(Map.of("type", "QUEUED", "run", ""))).endedJob())
                .isEmpty();
        assertThat(((Malformed) decode(Map.of("type", "FAILED", "job", "?"))).endedJob())
                .isEmpty();
    }

    @Test
    void readsAQuarantinedEntry() {
        Decoded.Quarantined read = (Decoded.Quarantined)
                decode(Map.of("type", "QUARANTINED", "stream", "mr:{s0}:q:a:low", "reason", "bad", "bytes", "[]"));
        assertThat(read).isEqualTo(new Decoded.Quarantined(ENTRY, "mr:{s0}:q:a:low", "bad", "[]"));
        assertThat(EventCodec.decode(new StreamEntry(ENTRY, Map.of("type", "QUARANTINED"))))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void I27_takesAnythingForAValueNeverForAnException() {
        List<String> values = List.of(
                "",
                "-1",
                "99999999999999999999",
                "x",
                "QUEUED",
                "FAILED",
                "1",
                "\u0000",
                "STARTED",
                "DEFERRED",
                "RETRY");
        List<String> names = List.of(
                "job",
                "type",
                "epoch",
                "run",
                "delivery",
                "attempt",
                "at",
                "worker",
                "current",
                "total",
                "started",
                "ran",
                "why",
                "due");
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 20_000; round++) {
            Map<String, String> fields = new LinkedHashMap<>(healthy());
            for (int i = 0; i < 3; i++) {
                fields.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
            }
            if (random.nextBoolean()) {
                fields.remove(names.get(random.nextInt(names.size())));
            }
            assertThatCode(() -> EventCodec.decode(new StreamEntry(ENTRY, fields)))
                    .as(fields.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static JobEvent event(Map<String, String> fields) {
        return ((Decoded.Event) decode(fields)).event();
    }

    private static Decoded decode(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(healthy());
        all.putAll(fields);
        return EventCodec.decode(new StreamEntry(ENTRY, all));
    }

    private static Map<String, String> healthy() {
        return Map.of(
                "job", Jobs.id(1).toString(), "epoch", "1", "run", "2", "delivery", "3", "attempt", "1", "at", "1700");
    }

    private static Map<String, String> map(List<String> flat) {
        Map<String, String> map = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += 2) {
            names.add(flat.get(i));
            map.put(flat.get(i), flat.get(i + 1));
        }
        assertThat(names).doesNotHaveDuplicates();
        return map;
    }
}
