package dev.millrace.scheduler;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobId;
import dev.millrace.scheduler.timers.TimerSettings;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Real schedulers on a real Redis, some of which die. */
final class Clockwork {

    /** So long that what happens within a test happened without it. */
    static final Duration NEVER = Duration.ofHours(1);

    final RedisFixture redis;
    final Probe probe;
    final JobStreams api;
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Scheduler> running = new ArrayList<>();
    private int named;

    /** A scheduler that can be killed. */
    static final class Mortal {

        private final AtomicBoolean dead = new AtomicBoolean();
        private final Scheduler scheduler;

        private Mortal(Clockwork clockwork, TimerSettings settings, Predicate<Object> losesReply) {
            scheduler = clockwork.make(settings, real -> new FaultyStreams(real, dead::get, losesReply));
        }

        /** It does nothing any more, not even what it is about to do. */
        void kill() {
            dead.set(true);
        }
    }

    private interface Fault {
        TimerStreams on(TimerStreams real);
    }

    Clockwork(RedisFixture redis) {
        this.redis = redis;
        this.probe = new RedisProbe(redis);
        this.api = redis.streams("api");
    }

    static TimerSettings settings(Duration look, Duration takeOver) {
        return new TimerSettings(250, look, takeOver);
    }

    Scheduler start(TimerSettings settings) {
        Scheduler scheduler = make(settings, real -> real);
        scheduler.start();
        return scheduler;
    }

    Mortal startMortal(TimerSettings settings, Predicate<Object> losesReply) {
        Mortal mortal = new Mortal(this, settings, losesReply);
        mortal.scheduler.start();
        return mortal;
    }

    private Scheduler make(TimerSettings settings, Fault fault) {
        String id = "scheduler-" + ++named;
        Scheduler.Dependencies dependencies = new Scheduler.Dependencies(
                id,
                () -> fault.on(redis.waitingTimers(id)),
                new ControlReader(redis.link(), MemberKind.SCHEDULER, id),
                System::nanoTime,
                meters);
        Scheduler scheduler = new Scheduler(settings, dependencies);
        running.add(scheduler);
        return scheduler;
    }

    /** All of them, so that the next test has its Redis for itself. */
    void stop() {
        running.forEach(Scheduler::stop);
    }

    Instant now() {
        return api.time();
    }

    void submit(List<Job> jobs) {
        for (int from = 0; from < jobs.size(); from += Batch.MAX) {
            List<Job> batch = jobs.subList(from, Math.min(jobs.size(), from + Batch.MAX));
            List<Admission> admissions = api.enqueue(Mode.SUBMIT, api.time(), batch);
            if (!admissions.stream().allMatch(Admission.OK::equals)) {
                throw new AssertionError("not all were admitted: " + admissions);
            }
        }
    }

    /** So many jobs that are due long after the test. */
    List<Job> jobs(int count) {
        Instant due = now().plus(NEVER);
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Jobs.due(Jobs.job(number), due))
                .toList();
    }

    /** Submits so many jobs, and waits until schedulers hold them. */
    List<Job> held(int count) {
        List<Job> jobs = jobs(count);
        submit(jobs);
        awaitHeld(count);
        return jobs;
    }

    /** Lets held jobs be due one after the other. */
    Map<JobId, Instant> fallDue(List<Job> jobs, Instant first, Duration apart) {
        Map<JobId, Instant> dues = new TreeMap<>();
        for (int i = 0; i < jobs.size(); i++) {
            Instant due = first.plus(apart.multipliedBy(i)).truncatedTo(ChronoUnit.MILLIS);
            dues.put(jobs.get(i).id(), due);
            probe.setTimer(jobs.get(i).id(), due);
        }
        return dues;
    }

    void await(String what, BooleanSupplier reached) {
        Awaiting.until(what, reached);
    }

    /** All that waits is held, so many jobs. */
    void awaitHeld(int jobs) {
        TimerStreams observer = redis.timers("observer");
        await(jobs + " held jobs", () -> observer.backlog().timers() == jobs);
    }

    /** So many jobs lie on their lane. */
    void awaitReleased(int jobs) {
        await(jobs + " released jobs", () -> api.live(Jobs.QUEUE, Band.NORMAL) == jobs);
    }

    /** When each job came to its lane; fails for one that came twice. */
    Map<JobId, Instant> releases() {
        Map<JobId, Instant> releases = new TreeMap<>();
        for (Decoded decoded : probe.events()) {
            JobEvent event = ((Decoded.Event) decoded).event();
            if (event instanceof Queued && releases.put(event.job(), event.at()) != null) {
                throw new AssertionError("I4 " + event.job() + " was released twice");
            }
        }
        return releases;
    }

    /** By how much each job was late, ascending; fails for one that was early. */
    List<Duration> lateness(Map<JobId, Instant> dues) {
        Map<JobId, Instant> releases = releases();
        List<Duration> lateness = new ArrayList<>();
        dues.forEach((job, due) -> {
            Duration late = Duration.between(due, releases.get(job));
            if (late.isNegative()) {
                throw new AssertionError("I19 " + job + " was early by " + late.negated());
            }
            lateness.add(late);
        });
        return lateness.stream().sorted().toList();
    }
}
