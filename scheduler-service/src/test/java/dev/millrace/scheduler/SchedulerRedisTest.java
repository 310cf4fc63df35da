package dev.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.scheduler.Clockwork.Mortal;
import dev.millrace.scheduler.timers.TimerSettings;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What schedulers do with jobs that wait, alone and together, well and dying. */
class SchedulerRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.durable();

    private static final TimerSettings USUAL = Clockwork.settings(Duration.ofMillis(200), Duration.ofSeconds(30));
    private static final TimerSettings HASTY = Clockwork.settings(Duration.ofMillis(50), Duration.ofMillis(300));

    /** Only what it is told, or knows, makes this one move. */
    private static final TimerSettings PATIENT = Clockwork.settings(Clockwork.NEVER, Clockwork.NEVER.multipliedBy(2));

    private final Clockwork clockwork = new Clockwork(REDIS);

    @AfterEach
    void stop() {
        clockwork.stop();
    }

    @Test
    void I19_releasesJobsWhenTheirTimeHasComeAndNotBefore() {
        clockwork.start(USUAL);
        List<Job> jobs = clockwork.held(50);
        Map<JobId, Instant> dues = clockwork.fallDue(jobs, clockwork.now().plusMillis(100), Duration.ofMillis(7));
        clockwork.awaitReleased(50);
        assertThat(clockwork.lateness(dues)).hasSize(50);
        assertThat(clockwork.api.take(Jobs.QUEUE, 100))
                .extracting(Delivery::job)
                .containsExactlyElementsOf(jobs);
        assertNothingWaits();
    }

    @Test
    void wakesForAJobThatIsDueBeforeWhatItSleepsFor() {
        clockwork.start(PATIENT);
        clockwork.held(1);
        Job sooner = Jobs.due(Jobs.job(2), clockwork.now().plusMillis(200));
        clockwork.submit(List.of(sooner));
        clockwork.awaitReleased(1);
        assertThat(clockwork.api.take(Jobs.QUEUE, 1)).extracting(Delivery::job).containsExactly(sooner);
    }

    @Test
    void I4_releasesEachJobOnceHoweverManySchedulersTurn() {
        IntStream.range(0, 3).forEach(i -> clockwork.start(USUAL));
        List<Job> jobs = clockwork.held(2_000);
        Map<JobId, Instant> dues = clockwork.fallDue(jobs, clockwork.now().plusMillis(100), Duration.ofMillis(1));
        clockwork.awaitReleased(2_000);
        assertThat(clockwork.lateness(dues)).hasSize(2_000);
        assertNothingWaits();
    }

    @Test
    void catchesUpInTheOrderOfTimesAfterAnOutageOfAllSchedulers() {
        Scheduler before = clockwork.start(USUAL);
        List<Job> jobs = clockwork.held(600);
        before.stop();
        clockwork.fallDue(jobs.reversed(), clockwork.now().minusSeconds(3600), Duration.ofMillis(10));

        clockwork.start(USUAL);
        clockwork.awaitReleased(600);
        List<JobId> order = new ArrayList<>();
        while (order.size() < 600) {
            clockwork
                    .api
                    .take(Jobs.QUEUE, 250)
                    .forEach(one -> order.add(one.job().id()));
        }
        assertThat(order)
                .containsExactlyElementsOf(jobs.reversed().stream().map(Job::id).toList());
    }

    @Test
    void holdsWhatCameInWhileNoSchedulerRan() {
        clockwork.submit(clockwork.jobs(10));
        Job overdue = Jobs.due(Jobs.job(11), clockwork.now().plusMillis(200));
        clockwork.submit(List.of(overdue));
        clockwork.await("it is overdue", () -> clockwork.now().isAfter(Objects.requireNonNull(overdue.due())));
        clockwork.start(USUAL);
        clockwork.awaitReleased(1);
        clockwork.awaitHeld(10);
    }

    @Test
    void I11_takesOverWhatADeadSchedulerWasGiven() {
        clockwork.submit(clockwork.jobs(3));
        TimerStreams dead = REDIS.timers("dead");
        assertThat(dead.delayed(3, Duration.ofMillis(1))).hasSize(3);
        clockwork.start(HASTY);
        clockwork.awaitHeld(3);
        assertNothingDelayed();
    }

    @Test
    void I11_findsItsOwnAgainWhenAReplyWasLost() {
        AtomicBoolean lost = new AtomicBoolean();
        clockwork.startMortal(PATIENT, reply -> bringsEntries(reply) && lost.compareAndSet(false, true));
        clockwork.submit(clockwork.jobs(3));
        clockwork.awaitHeld(3);
        assertThat(lost).isTrue();
        assertNothingDelayed();
    }

    @Test
    void I4_I11_I19_losesAndDoublesNothingWhenSchedulersDieInTurnAndLoseReplies() {
        SplittableRandom random = new SplittableRandom(3);
        List<Job> jobs = clockwork.jobs(400);
        Mortal first = mortal(random.split());
        Mortal second = mortal(random.split());
        for (int from = 0; from < jobs.size(); from += 40) {
            clockwork.submit(jobs.subList(from, from + 40));
            clockwork.await("someone is given them", this::allGiven);
            first.kill();
            first = second;
            second = mortal(random.split());
        }
        clockwork.awaitHeld(400);
        Map<JobId, Instant> dues = clockwork.fallDue(jobs, clockwork.now().plusMillis(50), Duration.ofMillis(1));
        clockwork.await("some are released", () -> clockwork.api.live(Jobs.QUEUE, Band.NORMAL) > 0);
        first.kill();
        clockwork.start(HASTY);
        clockwork.awaitReleased(400);
        assertThat(clockwork.lateness(dues)).hasSize(400);
        assertNothingWaits();
    }

    private boolean allGiven() {
        return clockwork.probe.delays().size()
                == clockwork.probe.delaysPending().size();
    }

    private static boolean bringsEntries(Object reply) {
        return reply instanceof List<?> entries && !entries.isEmpty();
    }

    private Mortal mortal(SplittableRandom random) {
        return clockwork.startMortal(HASTY, reply -> {
            synchronized (random) {
                return random.nextInt(10) == 0;
            }
        });
    }

    @Test
    void I30_goesOnAfterARestartOfRedisThatKeptItsData() {
        Scheduler scheduler = clockwork.start(USUAL);
        List<Job> jobs = clockwork.held(5);
        clockwork.await("it is ready", scheduler::ready);
        REDIS.server().restart();
        clockwork.await("it is not ready", () -> !scheduler.ready());
        clockwork.await("Redis is open again", this::opens);
        Map<JobId, Instant> dues = clockwork.fallDue(jobs, clockwork.now(), Duration.ZERO);
        clockwork.awaitReleased(5);
        assertThat(clockwork.lateness(dues)).hasSize(5);
        clockwork.await("it is ready again", scheduler::ready);
    }

    @Test
    void I1_goesOnWithWhatIsEnqueuedAnewAfterRedisLostItsData() {
        Scheduler scheduler = clockwork.start(USUAL);
        List<Job> jobs = clockwork.held(5);
        clockwork.await("it is ready", scheduler::ready);
        clockwork.probe.loseAll();
        clockwork.await("it is not ready", () -> !scheduler.ready());
        clockwork.api.bless(2);
        List<Job> again = jobs.stream().map(job -> job.withRun(2)).toList();
        clockwork.api.enqueue(Mode.RECONCILE, clockwork.now(), again);
        clockwork.awaitHeld(5);
        clockwork.fallDue(jobs, clockwork.now(), Duration.ZERO);
        clockwork.awaitReleased(5);
        assertThat(clockwork.api.take(Jobs.QUEUE, 9)).extracting(Delivery::job).containsExactlyElementsOf(again);
    }

    @Test
    void I16_releasesNothingThatWasCancelled() {
        clockwork.start(USUAL);
        List<Job> jobs = clockwork.held(2);
        Cancel cancel = new Cancel(Jobs.id(1), Jobs.QUEUE, 1, JobState.CANCELLED);
        assertThat(clockwork.api.cancel(List.of(cancel))).containsExactly(Cancellation.CANCELLED);
        clockwork.fallDue(jobs, clockwork.now(), Duration.ZERO);
        clockwork.awaitReleased(1);
        assertThat(clockwork.releases()).containsOnlyKeys(Jobs.id(2));
        clockwork.await(
                "what was cancelled is not due any more",
                () -> clockwork.probe.timers().isEmpty());
    }

    @Test
    void I33_I35_leavesNothingAndNoNameWhenItStops() {
        Scheduler scheduler = clockwork.start(PATIENT);
        clockwork.submit(clockwork.jobs(20));
        clockwork.await("it is at work", () -> !clockwork.probe.timers().isEmpty());
        scheduler.stop();
        assertThat(scheduler.ready()).isFalse();
        assertThat(clockwork.probe.delaysPending()).isEmpty();
        assertThat(REDIS.timers("observer").forgetSilent(Duration.ZERO)).isZero();
        long waiting = REDIS.timers("observer").backlog().timers();
        clockwork.submit(List.of(Jobs.due(Jobs.job(99), clockwork.now().plus(Clockwork.NEVER))));
        assertThat(REDIS.timers("observer").backlog().timers()).isEqualTo(waiting);
    }

    @Test
    void countsWhatItHoldsAndReleases() {
        clockwork.start(USUAL);
        List<Job> jobs = clockwork.held(8);
        clockwork.fallDue(jobs.subList(0, 7), clockwork.now(), Duration.ZERO);
        clockwork.await(
                "all are counted",
                () -> clockwork.meters.counter("millrace_timers_held").count() == 8
                        && clockwork.meters.timer("millrace_timers_late").count() == 7
                        && gauge("millrace_timers_waiting") == 1
                        && gauge("millrace_timers_due") == 0
                        && gauge("millrace_timers_delayed") == 0);
    }

    private double gauge(String name) {
        return clockwork.meters.get(name).gauge().value();
    }

    private boolean opens() {
        try {
            REDIS.openForWork();
            return true;
        } catch (StreamsUnavailable notYet) {
            return false;
        }
    }

    private void assertNothingDelayed() {
        assertThat(clockwork.probe.delays()).isEmpty();
        assertThat(clockwork.probe.delaysPending()).isEmpty();
    }

    private void assertNothingWaits() {
        assertNothingDelayed();
        assertThat(clockwork.probe.timers()).isEmpty();
        assertThat(clockwork.probe.timerJobs()).isEmpty();
    }
}
