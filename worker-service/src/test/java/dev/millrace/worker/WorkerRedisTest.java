package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.RedisFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
    }

    @AfterEach
    void closeShop() throws InterruptedException {
        shop.close();
    }

    @Test
    void runsAJobAndTellsItsResultAndStart() {
        shop.task(
                        "greet",
                        (payload, context) -> Map.of("attempt", context.attempt(), "tier", header(context.headers())))
                .start();
        Ended end = shop.endOf(shop.submit("greet"));
        assertThat(end.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(end.result()).contains("\"attempt\":1").contains("\"tier\":\"vip\"");
        assertThat(end.start()).isNotNull();
        assertThat(Objects.requireNonNull(end.start()).worker()).isEqualTo("worker-1");
    }

    private static String header(Map<String, String> headers) {
        return String.valueOf(headers.get("tier"));
    }

    @Test
    void runsTenThousandJobsOnceEach() {
        Set<Object> ran = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        shop.slots = 64;
        shop.prefetch = OptionalInt.of(128);
        shop.task("count", (payload, context) -> {
                    runs.incrementAndGet();
                    return ran.add(context.jobId());
                })
                .start();
        shop.submit("count", 10_000);
        Workshop.await("10,000 ends", () -> finished("succeeded") == 10_000);
        assertThat(ran).hasSize(10_000);
        assertThat(runs).hasValue(10_000);
        Lane lane = Lane.of(Workshop.QUEUE, Band.NORMAL);
        assertThat(REDIS.get("XLEN", RedisFixture.NAMES.lane(lane)).toInteger()).isZero();
    }

    private double finished(String outcome) {
        var counter = shop.meters
                .find("millrace_jobs_finished")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void endsAJobFailedWithTypeMessageAndStackOfWhatItThrew() {
        shop.policy = Workshop.ATTEMPTS_1;
        shop.task("break", (payload, context) -> {
                    throw new IOException("disk\u0000 full");
                })
                .start();
        Ended end = shop.endOf(shop.submit("break"));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.error()).isNotNull();
        assertThat(Objects.requireNonNull(end.error()).type()).isEqualTo("java.io.IOException");
        assertThat(end.error().message()).isEqualTo("disk\uFFFD full");
        assertThat(end.error().stackTrace()).contains("WorkerRedisTest");
    }

    @Test
    void survivesATaskThatThrowsAnError() {
        shop.policy = Workshop.ATTEMPTS_1;
        shop.task("overflow", (payload, context) -> deeper(0))
                .task("fine", (payload, context) -> "ok")
                .start();
        assertThat(shop.endOf(shop.submit("overflow")).state()).isEqualTo(JobState.FAILED);
        assertThat(shop.endOf(shop.submit("fine")).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    @Test
    void refusesAResultThatNoStoreTakes() {
        shop.task("long", (payload, context) -> "x".repeat(300_000))
                .task("nul", (payload, context) -> "a\u0000b")
                .task("half", (payload, context) -> "a\uD800b")
                .start();
        for (String task : List.of("long", "nul", "half")) {
            Ended end = shop.endOf(shop.submit(task));
            assertThat(end.state()).as(task).isEqualTo(JobState.FAILED);
            assertThat(Objects.requireNonNull(end.error()).type()).isEqualTo("ResultRefused");
        }
    }

    @Test
    void keepsTheLastProgressBeforeTheEnd() {
        shop.task("steps", (payload, context) -> {
                    for (int step = 1; step <= 1000; step++) {
                        context.progress(step, 1000, "step " + step);
                    }
                    return "done";
                })
                .start();
        JobId job = shop.submit("steps");
        shop.endOf(job);
        List<Progressed> told = shop.eventsOf(job, Progressed.class);
        assertThat(told).isNotEmpty();
        assertThat(told.size()).isLessThan(50);
        assertThat(told.getLast().progress().current()).isEqualTo(1000);
    }

    @Test
    void tellsTheStartOfAJobThatLasts() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        shop.task("wait", (payload, context) -> letGo.await(20, TimeUnit.SECONDS))
                .start();
        JobId job = shop.submit("wait");
        Workshop.await("its start", () -> !shop.eventsOf(job, Started.class).isEmpty());
        assertThat(shop.endIfAny(job)).isNull();
        letGo.countDown();
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void endsAJobTimedOutAlthoughItsThreadStays() {
        CountDownLatch interrupted = new CountDownLatch(1);
        shop.task("slow", Duration.ofMillis(200), (payload, context) -> {
                    try {
                        return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException told) {
                        interrupted.countDown();
                        return "too late";
                    }
                })
                .start();
        Ended end = shop.endOf(shop.submit("slow"));
        assertThat(end.state()).isEqualTo(JobState.TIMED_OUT);
        assertThat(Objects.requireNonNull(end.error()).type()).isEqualTo("TimeLimitExceeded");
        Workshop.await("the interrupt", () -> interrupted.getCount() == 0);
    }

    @Test
    void leavesAJobWithoutATaskHereForAnotherWorker() {
        shop.task("known", (payload, context) -> "ok").start();
        JobId job = shop.submit("elsewhere");
        Workshop.await(
                "its return to the queue",
                () -> !shop.eventsOf(job, Queued.class).isEmpty());
        shop.task("elsewhere", (payload, context) -> "found").start();
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void I8_startsAgainWhatADeadWorkerHeld() {
        JobId job = shop.submit("mine");
        List<Delivery> lost = REDIS.streams("dead").take(Workshop.QUEUE, 1);
        assertThat(lost).hasSize(1);
        shop.task("mine", (payload, context) -> context.fencingToken()).start();
        Ended end = shop.endOf(job);
        assertThat(Long.parseLong(Objects.requireNonNull(end.result())))
                .isGreaterThan(lost.getFirst().token().packed());
    }

    @Test
    void I8_I12_startsWhatADeadWorkerHeldLongBeforeItsLeaseHasRunOut() {
        JobStreams dead = REDIS.connected("dead");
        shop.lease = Duration.ofSeconds(6);
        dead.renew(Duration.ofMinutes(10), List.of());
        dead.register(List.of(Workshop.QUEUE));
        JobId job = shop.submit("mine");
        assertThat(dead.take(Workshop.QUEUE, 1)).hasSize(1);
        REDIS.cut(dead);
        shop.task("mine", (payload, context) -> context.delivery()).start();
        assertThat(shop.endOf(job).result()).isEqualTo("2");
        assertThat(shop.count("millrace_workers_found_dead")).isEqualTo(1);
    }

    @Test
    void aRunThatIsTakenOverIsTheSameRunAndItsNextDelivery() {
        JobId job = shop.submit("mine");
        REDIS.streams("dead").take(Workshop.QUEUE, 1);
        shop.task("mine", (payload, context) -> List.of(context.run(), context.delivery()))
                .start();
        assertThat(shop.endOf(job).result()).isEqualTo("[1,2]");
    }

    @Test
    void I12_startsWhatADeadWorkerHeldBeforeWhatWaitsAlthoughItsQueueIsNeverEmpty() {
        for (int i = 0; i < 6; i++) {
            shop.submit("mine");
        }
        Semaphore mayEnd = new Semaphore(0);
        List<Object> starts = new CopyOnWriteArrayList<>();
        shop.slots = 1;
        shop.prefetch = OptionalInt.of(1);
        shop.task("mine", (payload, context) -> {
                    starts.add(context.jobId());
                    return mayEnd.tryAcquire(20, TimeUnit.SECONDS);
                })
                .start();
        Workshop.await("a full worker", () -> starts.size() == 1 && waiting() == 1);
        List<Delivery> left = REDIS.streams("dead").take(Workshop.QUEUE, 1);
        assertThat(left).hasSize(1);
        Workshop.await("the take-over", () -> waiting() == 2);
        assertThat(shop.eventsOf(left.getFirst().job().id(), Started.class)).isEmpty();
        mayEnd.release(1);
        Workshop.await("the next start", () -> starts.size() == 2);
        assertThat(starts.get(1)).isEqualTo(left.getFirst().job().id().uuid());
        mayEnd.release(5);
    }

    @Test
    void aWorkerWhoseSlotsAreBusyLeavesWhatComesToAnIdleOne() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        shop.slots = 1;
        shop.prefetch = OptionalInt.of(1);
        shop.task("long", (payload, context) -> mayEnd.await(20, TimeUnit.SECONDS))
                .task("short", (payload, context) -> "ok")
                .start();
        JobId running = shop.submit("long");
        Workshop.await(
                "a busy worker", () -> !shop.eventsOf(running, Started.class).isEmpty());
        Worker idle = shop.start();
        Workshop.await("an idle one", idle::ready);
        Ended end = shop.endOf(shop.submit("short"));
        assertThat(Objects.requireNonNull(end.start()).worker()).isEqualTo(idle.id());
        mayEnd.countDown();
    }

    private double waiting() {
        return shop.meters.get("millrace_prefetch_waiting").gauge().value();
    }

    @Test
    void I7_aRunThatWasTakenOverIsInterruptedAndItsEndFenced() {
        CountDownLatch interrupted = new CountDownLatch(1);
        shop.task("long", (payload, context) -> {
                    try {
                        return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException told) {
                        interrupted.countDown();
                        return "too late";
                    }
                })
                .start();
        JobId job = shop.submit("long");
        Workshop.await("its start", () -> !shop.eventsOf(job, Started.class).isEmpty());
        String lane = RedisFixture.NAMES.lane(Lane.of(Workshop.QUEUE, Band.NORMAL));
        String entry = REDIS.get("XPENDING", lane, "workers").get(1).toString();
        REDIS.get("XCLAIM", lane, "workers", "thief", 0, entry);
        Workshop.await("the interrupt", () -> interrupted.getCount() == 0);
        Workshop.await("the refusal", () -> shop.count("millrace_jobs_fenced") == 1);
        assertThat(shop.count("millrace_leases_lost")).isEqualTo(1);
        assertThat(shop.endIfAny(job)).isNull();
    }

    @Test
    void adoptsAnEntryThatWasGivenToItInALostReply() {
        JobId job = shop.submit("mine");
        assertThat(REDIS.streams("worker-1").take(Workshop.QUEUE, 1)).hasSize(1);
        shop.task("mine", (payload, context) -> context.run()).start();
        Ended end = shop.endOf(job);
        assertThat(end.position().token().delivery()).isEqualTo(1);
    }

    @Test
    void I14_runsASuspectAloneAndThenGoesOn() {
        AtomicInteger beside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        shop.task("busy", (payload, context) -> {
                    beside.incrementAndGet();
                    try {
                        return new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                    } finally {
                        beside.decrementAndGet();
                    }
                })
                .task("suspect", (payload, context) -> {
                    most.set(beside.get());
                    return "innocent";
                });
        JobId suspect = shop.submit(shop.job("suspect", "{}", 1));
        REDIS.streams("dead").take(Workshop.QUEUE, 1);
        List<JobId> others = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            others.add(shop.submit("busy"));
        }
        shop.start();
        assertThat(shop.endOf(suspect).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(most).hasValue(0);
        others.forEach(other -> assertThat(shop.endOf(other).state()).isEqualTo(JobState.SUCCEEDED));
    }

    @Test
    void I33_handsBackWhatItsGraceDoesNotCover() throws InterruptedException {
        AtomicInteger starts = new AtomicInteger();
        shop.grace = Duration.ofMillis(100);
        shop.slots = 1;
        shop.task(
                "long",
                (payload, context) ->
                        starts.incrementAndGet() == 1 ? new CountDownLatch(1).await(30, TimeUnit.SECONDS) : "second");
        Worker first = shop.start();
        JobId running = shop.submit("long");
        JobId waiting = shop.submit("long");
        Workshop.await("the first start", () -> starts.get() == 1);
        first.stop();
        Worker second = shop.start();
        assertThat(shop.endOf(running).result()).isEqualTo("\"second\"");
        assertThat(shop.endOf(waiting).result()).isEqualTo("\"second\"");
        assertThat(shop.eventsOf(running, Queued.class)).hasSize(1);
        assertThat(second.draining()).isFalse();
    }

    @Test
    void startsNothingWhileRedisIsAwayAndGoesOnAfterwards() {
        shop.task("count", (payload, context) -> "ok");
        Worker worker = shop.start();
        Workshop.await("readiness", worker::ready);
        REDIS.server().pause();
        Workshop.await("doubt", () -> !worker.ready());
        REDIS.server().resume();
        Workshop.await("readiness again", worker::ready);
        assertThat(shop.endOf(shop.submit("count")).state()).isEqualTo(JobState.SUCCEEDED);
    }
}
