package dev.millrace.stream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.Groups;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Connections.Connection;
import dev.millrace.stream.jobs.Connections.Registered;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.RecordedRedis.Call;
import dev.millrace.stream.timers.RedisTimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.PreviousRelease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The headers of the functions are true: each is complete, and Java calls each as it says. */
class FunctionHeadersTest {

    private static final Pattern REGISTERS = Pattern.compile("(?m)^register\\w*\\('(\\w+)'");
    private static final Map<String, LibraryFunction> FUNCTIONS = LibraryFunction.of(FunctionLibrary.source()).stream()
            .collect(Collectors.toMap(LibraryFunction::name, Function.identity()));

    private final RecordedRedis redis = new RecordedRedis();
    private final RedisLink link = redis.link();

    @Test
    void eachFunctionSaysItsKeysItsArgumentsItsRepliesAndWhatACrashLeaves() {
        assertThat(FUNCTIONS.keySet()).isEqualTo(namesIn(FunctionLibrary.source(), REGISTERS));
        assertThat(FUNCTIONS.values()).allMatch(LibraryFunction::isDescribed);
    }

    @Test
    void noFunctionReadsAKeyOrAnArgumentThatItDoesNotName() {
        assertThat(FUNCTIONS.values())
                .allSatisfy(function -> assertReads(function.keys(), function.highest("K")))
                .allSatisfy(function -> assertReads(function.arguments(), function.highest("A")));
    }

    private static void assertReads(Shape named, int highest) {
        assertThat(highest).isLessThanOrEqualTo(named.single());
    }

    @Test
    void eachFunctionIsCalledWithTheKeysAndArgumentsThatItNames() {
        callAll();
        assertThat(redis.calls()).extracting(Call::function).containsAll(FUNCTIONS.keySet());
        assertThat(redis.calls()).allSatisfy(FunctionHeadersTest::assertFits);
    }

    private static void assertFits(Call call) {
        LibraryFunction function = Objects.requireNonNull(FUNCTIONS.get(call.function()), call.function());
        assertThat(function.keys().fits(call.keys())).as("KEYS of %s", call).isTrue();
        assertThat(function.arguments().fits(call.arguments()))
                .as("ARGV of %s", call)
                .isTrue();
    }

    @Test
    void aNativeExecutableCarriesEachPart() throws IOException {
        String resources = "/META-INF/native-image/dev.millrace/millrace-common/resource-config.json";
        try (InputStream in = FunctionHeadersTest.class.getResourceAsStream(resources)) {
            String config = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(namesIn(config, Pattern.compile("dev/millrace/stream/redis/(\\w+)\\.lua")))
                    .containsExactlyInAnyOrderElementsOf(FunctionLibrary.PARTS);
        }
    }

    private static Set<String> namesIn(String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }

    private void callAll() {
        JobStreams jobs = new RedisJobStreams(link, link, StreamNames.DEFAULT, "one");
        RedisTimerStreams timers = new RedisTimerStreams(link, link, StreamNames.DEFAULT, "one");
        List<Job> two = List.of(Jobs.job(1), Jobs.job(2, Band.HIGH));
        List<Delivery> held = two.stream().map(FunctionHeadersTest::held).toList();
        List<EntryId> entries = held.stream().map(Delivery::entry).toList();
        List<EndedRun> ended =
                two.stream().map(job -> new EndedRun(job.id(), 1, 1)).toList();
        Duration lease = Duration.ofSeconds(15);
        refused(() -> FunctionLibrary.load(link));
        refused(jobs::epoch);
        refused(() -> jobs.bless(1));
        refused(() -> jobs.markEnded(ended));
        refused(() -> Groups.createAtStart(link, "stream", "group"));
        refused(() -> jobs.enqueue(Mode.SUBMIT, Instant.EPOCH, two));
        refused(() -> jobs.take(Jobs.QUEUE, 5));
        refused(() -> jobs.takeSuspect(Jobs.QUEUE));
        redis.gives(
                StreamNames.DEFAULT.lane(held.getFirst().lane()),
                two.stream().map(FunctionHeadersTest::lean).toList());
        refused(() -> jobs.await(List.of(Jobs.QUEUE), 5, lease));
        refused(() -> jobs.start(held));
        refused(() -> jobs.report(held.stream().map(FunctionHeadersTest::report).toList()));
        refused(() ->
                jobs.order(held.stream().map(one -> new Ordering(one, "[]")).toList()));
        refused(() -> jobs.finish(held.stream().map(FunctionHeadersTest::failed).toList()));
        refused(() -> jobs.handback(held));
        refused(() ->
                jobs.defer(held.stream().map(FunctionHeadersTest::deferred).toList()));
        refused(() ->
                jobs.cancel(two.stream().map(FunctionHeadersTest::cancelled).toList()));
        refused(() ->
                jobs.purge(two.stream().map(FunctionHeadersTest::cancelled).toList()));
        refused(() -> jobs.pause(Jobs.QUEUE));
        refused(() -> jobs.keepPaused(List.of(Jobs.QUEUE, new QueueName("other"))));
        refused(() -> jobs.resume(Jobs.QUEUE));
        refused(() -> jobs.renew(lease, held));
        refused(() -> jobs.reclaim(Jobs.QUEUE, 5, lease));
        refused(() -> jobs.register(List.of(Jobs.QUEUE)));
        refused(jobs::look);
        refused(() -> jobs.lapse(new Registered("another", new Connection(1, 7), false), lease, lease));
        refused(() -> jobs.holdSuspectLock(Jobs.QUEUE, lease));
        refused(() -> jobs.releaseSuspectLock(Jobs.QUEUE));
        refused(() -> jobs.projected(entries, ended));
        refused(() -> jobs.forget(held.getFirst().lane(), "another"));
        refused(() -> timers.hold(entries));
        refused(() -> timers.holdNew(5));
        refused(() -> timers.release(5));
        refused(timers::leave);
        callAsBefore(two, held, lease);
    }

    private void callAsBefore(List<Job> two, List<Delivery> held, Duration lease) {
        PreviousRelease old = new PreviousRelease(link, "old");
        refused(() -> old.submit(Instant.EPOCH, two));
        refused(() -> old.take(5));
        refused(() -> old.start(held));
        refused(() -> old.reclaim(5, lease));
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (StreamsUnavailable.Refused asEverythingIs) {
            assertThat(asEverythingIs.code()).isEqualTo("OOM");
        }
    }

    private static List<String> lean(Job job) {
        return List.of("1-" + job.run(), "r", "1.1", "j", job.id().toString(), "h", EntryCodec.head(job), "p", "{}");
    }

    private static Delivery held(Job job) {
        return new Delivery(Lane.of(job.queue(), job.band()), new EntryId(job.attempt(), 1), new Token(1, 1, 1), job);
    }

    private static ProgressReport report(Delivery held) {
        return new ProgressReport(held, Duration.ofMillis(5), new Progress(1, 2, "half"));
    }

    private static Finish failed(Delivery held) {
        return new Finish(held, JobState.FAILED, Duration.ofMillis(5), null, new JobError("Broken", "it broke", null));
    }

    private static Deferral deferred(Delivery held) {
        return new Deferral(
                held, Why.RETRY, new Due.After(Duration.ofSeconds(1)), null, new JobError("Broken", null, null));
    }

    private static Cancel cancelled(Job job) {
        return new Cancel(job.id(), job.queue(), 1, JobState.CANCELLED);
    }
}
