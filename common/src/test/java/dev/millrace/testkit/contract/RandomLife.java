package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Twenty jobs in the hands of three workers and two schedulers that do random things, die, and lose replies; now and then
 * jobs are cancelled, the queue is paused, or all data are lost and reconciled. What must hold is checked on the way and
 * at rest. The same seed does the same again, but for the few milliseconds that a job waits for its time.
 */
public final class RandomLife {

    private static final int JOBS = 20;
    private static final int WORKERS = 3;
    private static final int SCHEDULERS = 2;
    private static final int LONGEST_WAIT = 4; // ms
    private static final int STEPS_BETWEEN_CHECKS = 40;
    private static final int ROUNDS = 2_000;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final List<Lane> LANES =
            List.of(Lane.of(Jobs.QUEUE, Band.HIGH), Lane.of(Jobs.QUEUE, Band.NORMAL), Lane.suspect(Jobs.QUEUE));

    private final StreamSubject subject;
    private final Probe probe;
    private final JobStreams api;
    private final SplittableRandom random;
    private final LifeRecord record;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Scheduler> schedulers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int epoch;

    /** A worker process: its name, and what it believes to hold. */
    private final class Worker {

        private final String name = "worker-" + names.size();
        private final JobStreams streams = subject.streams(name);
        private final Map<EntryKey, Delivery> hands = new LinkedHashMap<>();

        Worker() {
            names.add(name);
            streams.renew(LEASE, List.of());
        }

        void takes() {
            List<Delivery> taken =
                    chance(15) ? streams.takeSuspect(Jobs.QUEUE) : streams.take(Jobs.QUEUE, 1 + random.nextInt(3));
            if (!chance(10)) {
                runs(taken);
            }
        }

        void runs(List<Delivery> begun) {
            begun.forEach(one -> {
                record.begun(one);
                hands.put(EntryKey.of(one), one);
            });
        }

        void reclaims(int n) {
            LANES.forEach(RandomLife.this::age);
            List<Delivery> found = streams.reclaim(Jobs.QUEUE, n, LEASE);
            List<Admit> admits = streams.start(found);
            for (int i = 0; i < found.size(); i++) {
                if (admits.get(i) == Admit.GO) {
                    runs(List.of(found.get(i)));
                }
            }
        }

        void adopts() {
            runs(streams.strays(Jobs.QUEUE, hands.keySet(), AT_ONCE));
        }

        void settles() {
            if (hands.isEmpty()) {
                return;
            }
            int dice = random.nextInt(100);
            if (dice < 50) {
                ends(any());
            } else if (dice < 80) {
                defers(any());
            } else {
                handsBack(any());
            }
        }

        private void handsBack(Delivery held) {
            settled(held, streams.handback(List.of(held)).getFirst() == Settled.FENCED);
        }

        void ends(Delivery held) {
            JobState state = chance(70) ? JobState.SUCCEEDED : JobState.FAILED;
            streams.finish(List.of(new Finish(held, state, Duration.ofMillis(1), null, null)));
            settled(held, false);
        }

        private void defers(Delivery held) {
            Why why = Why.values()[random.nextInt(Why.values().length)];
            Due due = chance(50)
                    ? new Due.After(Duration.ofMillis(random.nextInt(LONGEST_WAIT)))
                    : new Due.At(api.time().plusMillis(random.nextInt(LONGEST_WAIT)));
            Settled reply = streams.defer(List.of(new Deferral(held, why, due, Duration.ofMillis(1), null)))
                    .getFirst();
            if (reply == Settled.OK && why == Why.RETRY) {
                record.failed(held.job().id());
            }
            settled(held, reply == Settled.FENCED);
        }

        /** Forgets it, unless the reply was lost. */
        private void settled(Delivery held, boolean fenced) {
            if (fenced || !chance(10)) {
                hands.remove(EntryKey.of(held));
            }
        }

        void renews() {
            streams.renew(LEASE, List.copyOf(hands.values())).lost().forEach(hands::remove);
        }

        private Delivery any() {
            return List.copyOf(hands.values()).get(random.nextInt(hands.size()));
        }
    }

    /** A scheduler process, and what it was given and has not held. */
    private final class Scheduler {

        private final String name = "scheduler-" + names.size();
        private final TimerStreams timers = subject.timers(name);
        private final List<EntryId> given = new ArrayList<>();

        Scheduler() {
            names.add(name);
        }

        void reads() {
            if (chance(30)) {
                timers.holdNew(1 + random.nextInt(3));
                return;
            }
            given.addAll(
                    chance(70)
                            ? timers.delayed(1 + random.nextInt(3), Duration.ofMillis(1))
                            : timers.abandoned(3, AT_ONCE));
        }

        /** Now and then again what it has held before, since the reply was lost. */
        void holds() {
            timers.hold(given);
            if (!chance(10)) {
                given.clear();
            }
        }

        void releases() {
            timers.release(1 + random.nextInt(3));
        }
    }

    public RandomLife(StreamSubject subject, long seed) {
        this.subject = subject;
        this.probe = subject.probe();
        this.api = subject.streams("api");
        this.random = new SplittableRandom(seed);
        this.record = new LifeRecord(probe, LANES);
        this.epoch = api.epoch();
        for (int number = 0; number < WORKERS; number++) {
            workers.add(new Worker());
        }
        for (int number = 0; number < SCHEDULERS; number++) {
            schedulers.add(new Scheduler());
        }
    }

    /** Takes so many random steps, then lets the jobs come to rest. */
    public void live(int steps) {
        for (int step = 1; step <= steps; step++) {
            step(random.nextInt(100));
            if (step % STEPS_BETWEEN_CHECKS == 0) {
                record.check();
            }
        }
        rest();
    }

    private void step(int dice) {
        if (dice < 16) {
            enqueue(chance(80) ? Mode.SUBMIT : Mode.RECONCILE, random.nextInt(1, JOBS + 1), chance(30));
        } else if (dice < 72) {
            workerStep(dice, random.nextInt(WORKERS));
        } else if (dice < 90) {
            schedulerStep(dice, random.nextInt(SCHEDULERS));
        } else if (dice < 97) {
            cancel(random.nextInt(1, JOBS + 1));
        } else if (dice < 99) {
            pauseOrResume();
        } else {
            loseAll();
        }
    }

    private void workerStep(int dice, int number) {
        Worker worker = workers.get(number);
        if (dice < 32) {
            worker.takes();
        } else if (dice < 54) {
            worker.settles();
        } else if (dice < 59) {
            worker.renews();
        } else if (dice < 65) {
            worker.reclaims(3);
        } else if (dice < 68) {
            worker.adopts();
        } else {
            probe.gone(worker.name);
            workers.set(number, new Worker());
        }
    }

    private void schedulerStep(int dice, int number) {
        Scheduler scheduler = schedulers.get(number);
        if (dice < 77) {
            scheduler.reads();
        } else if (dice < 82) {
            scheduler.holds();
        } else if (dice < 88) {
            scheduler.releases();
        } else {
            schedulers.set(number, new Scheduler());
        }
    }

    private void enqueue(Mode mode, int number, boolean later) {
        Job job = job(number);
        Job wanted = later ? Jobs.due(job, api.time().plusMillis(1 + random.nextInt(LONGEST_WAIT))) : job;
        Admission admission = api.enqueue(mode, api.time(), List.of(wanted)).getFirst();
        if (admission == Admission.OK) {
            record.accept(job.id(), job.run(), wanted.due());
        }
    }

    private Job job(int number) {
        JobId id = Jobs.id(number);
        Job job = Jobs.job(number, number % 3 == 0 ? Band.HIGH : Band.NORMAL);
        Job reached = job.withAttempt(record.attempt(id)).withRun(record.run(id));
        return expires(number) ? Jobs.expiring(reached, api.time()) : reached;
    }

    private static boolean expires(int number) {
        return number % 7 == 0;
    }

    private void age(Lane lane) {
        probe.pending(lane).forEach(one -> probe.age(lane, one.entry(), LEASE));
    }

    private void cancel(int number) {
        JobId job = Jobs.id(number);
        JobState reason = expires(number) && chance(50) ? JobState.EXPIRED : JobState.CANCELLED;
        Cancel cancel = new Cancel(job, Jobs.QUEUE, record.run(job), reason);
        switch (api.cancel(List.of(cancel)).getFirst()) {
            case CANCELLED -> record.endsAs(job, reason);
            case FLAGGED -> record.flag(job);
            case ENDED, NONE -> record.isNotLive(job);
            case HELD -> assertThat(reason).isEqualTo(JobState.EXPIRED);
        }
    }

    private void pauseOrResume() {
        if (chance(50)) {
            api.pause(Jobs.QUEUE);
        } else {
            api.resume(Jobs.QUEUE);
        }
    }

    /** What an api instance does when it meets a cold Redis; ends are known to it, since they were projected. */
    private void loseAll() {
        List<Ended> known = record.aboutToLose();
        Set<JobId> ended = new HashSet<>();
        known.forEach(end -> ended.add(end.job()));
        probe.loseAll();
        api.markEnded(known.stream()
                .map(end -> new EndedRun(end.job(), epoch, end.run()))
                .toList());
        api.bless(++epoch);
        for (int number = 1; number <= JOBS; number++) {
            JobId job = Jobs.id(number);
            if (record.accepted().contains(job) && !ended.contains(job)) {
                enqueue(Mode.RECONCILE, number, chance(30));
            }
        }
    }

    /** All workers and schedulers die, and a last one of each ends what they left. */
    private void rest() {
        api.resume(Jobs.QUEUE);
        workers.forEach(worker -> probe.gone(worker.name));
        Worker worker = new Worker();
        Scheduler scheduler = new Scheduler();
        for (int round = 0; round < ROUNDS && !isAtRest(); round++) {
            scheduler.timers.hold(scheduler.timers.abandoned(JOBS, AT_ONCE));
            scheduler.timers.hold(scheduler.timers.delayed(JOBS, Duration.ofMillis(1)));
            scheduler.timers.release(JOBS);
            worker.reclaims(JOBS);
            worker.runs(worker.streams.take(Jobs.QUEUE, JOBS));
            worker.runs(worker.streams.takeSuspect(Jobs.QUEUE));
            worker.renews();
            List.copyOf(worker.hands.values()).forEach(worker::ends);
        }
        record.check();
        atRest();
    }

    private boolean isAtRest() {
        return LANES.stream().allMatch(lane -> probe.entries(lane).isEmpty())
                && probe.delays().isEmpty()
                && probe.timers().isEmpty();
    }

    private void atRest() {
        LANES.forEach(subject::assertEmpty);
        assertThat(probe.delays()).isEmpty();
        assertThat(probe.delaysPending()).isEmpty();
        assertThat(probe.timers()).isEmpty();
        assertThat(probe.timerJobs()).isEmpty();
        assertThat(record.ended()).as("I1 all that was accepted has ended").isEqualTo(record.accepted());
        letGo(record.ends());
        record.accepted().forEach(job -> {
            Probe.Marker marker = probe.marker(job);
            assertThat(marker == null || marker.life() != null)
                    .as("I35 %s leaves its marker %s", job, marker)
                    .isTrue();
        });
        LANES.forEach(
                lane -> names.forEach(name -> assertThat(api.forget(lane, name)).isTrue()));
        names.forEach(name -> subject.timers(name).leave());
        assertThat(subject.timers("last").forgetSilent(Duration.ZERO)).isZero();
    }

    private void letGo(List<Ended> ends) {
        api.projected(
                probe.events().stream().map(Decoded::entry).toList(),
                ends.stream()
                        .map(end ->
                                new EndedRun(end.job(), end.position().token().epoch(), end.run()))
                        .toList());
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
