package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Token;
import dev.millrace.stream.Delivery;
import dev.millrace.stream.EventCodec.Decoded;
import dev.millrace.stream.JobStreams;
import dev.millrace.stream.JobStreams.Admission;
import dev.millrace.stream.JobStreams.Admit;
import dev.millrace.stream.JobStreams.EndedRun;
import dev.millrace.stream.JobStreams.EntryKey;
import dev.millrace.stream.JobStreams.Finish;
import dev.millrace.stream.JobStreams.Mode;
import dev.millrace.stream.JobStreams.Settled;
import dev.millrace.stream.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Twenty jobs in the hands of three workers that do random things, die, and lose replies; now and then all data are
 * lost and reconciled. What must hold is checked on the way and at rest. The same seed does the same again.
 */
public final class RandomLife {

    private static final int JOBS = 20;
    private static final int WORKERS = 3;
    private static final int STEPS_BETWEEN_CHECKS = 40;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final List<Lane> LANES =
            List.of(Lane.of(Jobs.QUEUE, Band.HIGH), Lane.of(Jobs.QUEUE, Band.NORMAL), Lane.suspect(Jobs.QUEUE));

    private final StreamSubject subject;
    private final SplittableRandom random;
    private final List<Worker> workers = new ArrayList<>();
    private final Set<String> consumers = new HashSet<>();
    private final Map<JobId, Token> lastStart = new HashMap<>();
    private final Map<JobId, Long> runs = new LinkedHashMap<>();
    private final List<Ended> lostWithTheData = new ArrayList<>();
    private int epoch;

    /** A worker process: its name, and what it believes to hold. */
    private final class Worker {

        private final String name;
        private final JobStreams streams;
        private final Map<EntryKey, Delivery> hands = new LinkedHashMap<>();

        Worker(int number) {
            name = "worker-" + number + "-" + consumers.size();
            consumers.add(name);
            streams = subject.streams(name);
            streams.renew(LEASE, List.of());
        }

        void runs(List<Delivery> begun) {
            begun.forEach(one -> {
                rises(one);
                hands.put(EntryKey.of(one), one);
            });
        }

        void runsIfAdmitted(List<Delivery> found) {
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

        void ends(Delivery held) {
            JobState state = chance(70) ? JobState.SUCCEEDED : JobState.FAILED;
            streams.finish(List.of(new Finish(held, state, Duration.ofMillis(1), null, null)));
            if (!chance(10)) {
                hands.remove(EntryKey.of(held));
            }
        }

        void handsBack(Delivery held) {
            Settled settled = streams.handback(List.of(held)).getFirst();
            if (!chance(10) || settled == Settled.FENCED) {
                hands.remove(EntryKey.of(held));
            }
        }

        void renews() {
            streams.renew(LEASE, List.copyOf(hands.values())).lost().forEach(hands::remove);
        }

        Delivery any() {
            return List.copyOf(hands.values()).get(random.nextInt(hands.size()));
        }
    }

    public RandomLife(StreamSubject subject, long seed) {
        this.subject = subject;
        this.random = new SplittableRandom(seed);
        this.epoch = subject.streams("api").epoch();
        for (int number = 0; number < WORKERS; number++) {
            workers.add(new Worker(number));
        }
    }

    /** Takes so many random steps, then lets the jobs come to rest. */
    public void live(int steps) {
        for (int step = 1; step <= steps; step++) {
            step();
            if (step % STEPS_BETWEEN_CHECKS == 0) {
                check();
            }
        }
        rest();
    }

    private void step() {
        int number = random.nextInt(WORKERS);
        Worker worker = workers.get(number);
        int dice = random.nextInt(100);
        if (dice < 20) {
            enqueue(chance(80) ? Mode.SUBMIT : Mode.RECONCILE, random.nextInt(1, JOBS + 1));
        } else if (dice < 42) {
            take(worker);
        } else if (dice < 72) {
            settle(worker);
        } else if (dice < 80) {
            worker.renews();
        } else if (dice < 88) {
            LANES.forEach(this::age);
            worker.runsIfAdmitted(worker.streams.reclaim(Jobs.QUEUE, 3, LEASE));
        } else if (dice < 92) {
            worker.adopts();
        } else if (dice < 96) {
            kill(number);
        } else if (dice < 99) {
            flag(Jobs.id(random.nextInt(1, JOBS + 1)));
        } else {
            loseAll();
        }
    }

    private void take(Worker worker) {
        List<Delivery> taken = chance(15)
                ? worker.streams.takeSuspect(Jobs.QUEUE)
                : worker.streams.take(Jobs.QUEUE, 1 + random.nextInt(3));
        if (!chance(10)) {
            worker.runs(taken);
        }
    }

    private void settle(Worker worker) {
        if (worker.hands.isEmpty()) {
            return;
        }
        if (chance(75)) {
            worker.ends(worker.any());
        } else {
            worker.handsBack(worker.any());
        }
    }

    private void enqueue(Mode mode, int number) {
        JobStreams api = subject.streams("api");
        Job job = job(number);
        Admission admission = api.enqueue(mode, api.time(), List.of(job)).getFirst();
        if (admission == Admission.OK) {
            runs.merge(job.id(), job.run(), Math::max);
        }
    }

    private Job job(int number) {
        Job job = Jobs.job(number, number % 3 == 0 ? Band.HIGH : Band.NORMAL)
                .withRun(runs.getOrDefault(Jobs.id(number), 1L));
        boolean expired = number % 7 == 0;
        return expired ? Jobs.expiring(job, subject.streams("api").time()) : job;
    }

    private void kill(int number) {
        subject.probe().gone(workers.get(number).name);
        workers.set(number, new Worker(number));
    }

    private void age(Lane lane) {
        subject.probe().pending(lane).forEach(one -> subject.probe().age(lane, one.entry(), LEASE));
    }

    private void flag(JobId job) {
        Probe.Marker marker = subject.probe().marker(job);
        boolean delivered = marker != null
                && LANES.stream()
                        .flatMap(lane -> subject.probe().pending(lane).stream())
                        .anyMatch(one -> one.entry().equals(marker.entry()));
        if (delivered) {
            subject.probe().flag(job);
        }
    }

    /** What an api instance does when it meets a cold Redis; ends are known to it, since they were projected. */
    private void loseAll() {
        JobStreams api = subject.streams("api");
        lostWithTheData.addAll(ends());
        Set<JobId> ended = new HashSet<>();
        lostWithTheData.forEach(end -> ended.add(end.job()));
        Map<JobId, Long> reached = new HashMap<>();
        runs.keySet().forEach(job -> reached.put(job, runOf(job)));
        subject.probe().loseAll();
        api.markEnded(lostWithTheData.stream()
                .map(end -> new EndedRun(end.job(), epoch, end.run()))
                .toList());
        api.bless(++epoch);
        for (int number = 1; number <= JOBS; number++) {
            JobId job = Jobs.id(number);
            if (runs.containsKey(job) && !ended.contains(job)) {
                runs.put(job, Objects.requireNonNull(reached.get(job)) + 1);
                enqueue(Mode.RECONCILE, number);
            }
        }
    }

    private long runOf(JobId job) {
        Probe.Marker marker = subject.probe().marker(job);
        return marker == null ? 1 : marker.run();
    }

    private void rises(Delivery begun) {
        Token before = lastStart.put(begun.job().id(), begun.token());
        assertThat(before == null || begun.token().compareTo(before) > 0)
                .as("I6 %s started with %s after %s", begun.job().id(), begun.token(), before)
                .isTrue();
    }

    private List<Ended> ends() {
        List<Ended> ends = new ArrayList<>();
        for (Decoded decoded : subject.probe().events()) {
            JobEvent event = ((Decoded.Event) decoded).event();
            if (event instanceof Ended end) {
                ends.add(end);
            }
        }
        return ends;
    }

    private void check() {
        Set<JobId> ended = new HashSet<>();
        List<Ended> ends = new ArrayList<>(lostWithTheData);
        ends.addAll(ends());
        ends.forEach(end -> assertThat(ended.add(end.job()))
                .as("I9 one end of %s", end.job())
                .isTrue());
        Map<String, Set<String>> valid = new HashMap<>();
        LANES.forEach(lane -> valid.put(place(lane), deliverable(lane)));
        runs.keySet().stream().filter(job -> !ended.contains(job)).forEach(job -> {
            Probe.Marker marker = Objects.requireNonNull(subject.probe().marker(job), () -> "I11 no marker of " + job);
            assertThat(valid.getOrDefault(marker.place(), Set.of()))
                    .as("I11 the entry of %s, of marker %s", job, marker)
                    .contains(job + " " + marker.entry());
        });
    }

    private static String place(Lane lane) {
        return lane.isSuspect() ? "s" : "q" + lane.label();
    }

    /** Job and id of the entries that are pending, or behind all that ever were delivered. */
    private Set<String> deliverable(Lane lane) {
        Set<String> found = new HashSet<>();
        Set<Object> pending = new HashSet<>();
        subject.probe().pending(lane).forEach(one -> pending.add(one.entry()));
        subject.probe().entries(lane).forEach(entry -> {
            boolean reachable =
                    pending.contains(entry) || entry.compareTo(subject.probe().lastDelivered(lane)) > 0;
            if (reachable) {
                found.add(subject.probe().fields(lane, entry).get("job") + " " + entry);
            }
        });
        return found;
    }

    /** All workers die, and a last one ends what they left. */
    private void rest() {
        workers.forEach(worker -> subject.probe().gone(worker.name));
        Worker last = new Worker(WORKERS);
        workers.clear();
        for (int round = 0; round < 2 * JOBS && !LANES.stream().allMatch(this::isEmpty); round++) {
            LANES.forEach(this::age);
            last.runsIfAdmitted(last.streams.reclaim(Jobs.QUEUE, JOBS, LEASE));
            last.runs(last.streams.take(Jobs.QUEUE, JOBS));
            last.runs(last.streams.takeSuspect(Jobs.QUEUE));
            last.renews();
            List.copyOf(last.hands.values()).forEach(last::ends);
        }
        check();
        atRest();
    }

    private boolean isEmpty(Lane lane) {
        return subject.probe().entries(lane).isEmpty();
    }

    private void atRest() {
        LANES.forEach(subject::assertEmpty);
        List<Ended> ends = ends();
        Set<JobId> ended = new HashSet<>();
        lostWithTheData.forEach(end -> ended.add(end.job()));
        ends.forEach(end -> ended.add(end.job()));
        assertThat(ended).as("I1 all that was accepted has ended").isEqualTo(runs.keySet());
        subject.streams("api")
                .projected(
                        subject.probe().events().stream().map(Decoded::entry).toList(),
                        ends.stream()
                                .map(end -> new EndedRun(
                                        end.job(), end.position().token().epoch(), end.run()))
                                .toList());
        runs.keySet().forEach(job -> {
            Probe.Marker marker = subject.probe().marker(job);
            assertThat(marker == null || marker.life() != null)
                    .as("I35 %s leaves its marker %s", job, marker)
                    .isTrue();
        });
        LANES.forEach(lane -> consumers.forEach(consumer ->
                assertThat(subject.streams("api").forget(lane, consumer)).isTrue()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
