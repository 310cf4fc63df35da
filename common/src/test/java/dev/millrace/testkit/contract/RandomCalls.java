package dev.millrace.testkit.contract;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Connections.Registered;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Leasing.Renewal;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Random calls of all functions, sensible or not, and a script of what they answered and left behind, in words that do not
 * depend on ids or times. The same seed makes the same calls, so two implementations that mean the same write the same
 * script. Nothing in it waits for its time: what is due is made so.
 */
public final class RandomCalls {

    private static final int JOBS = 8;
    private static final int STEPS_BETWEEN_LOOKS = 100;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final Instant FAR = Instant.parse("2098-01-01T00:00:00Z");
    private static final List<String> WORKERS = List.of("ann", "bob", "cid");
    private static final List<String> SCHEDULERS = List.of("sue", "tom");
    private static final List<Lane> LANES =
            List.of(Lane.of(Jobs.QUEUE, Band.HIGH), Lane.of(Jobs.QUEUE, Band.NORMAL), Lane.suspect(Jobs.QUEUE));

    private final StreamSubject subject;
    private final Probe probe;
    private final JobStreams api;
    private final SplittableRandom random;
    private final Map<String, JobStreams> workers = new TreeMap<>();
    private final Map<String, TimerStreams> schedulers = new TreeMap<>();
    private final Map<String, Map<String, Delivery>> hands = new TreeMap<>();
    private final Map<String, List<EntryId>> given = new TreeMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<String> script = new ArrayList<>();
    private int epoch = 1;

    public RandomCalls(StreamSubject subject, long seed) {
        this.subject = subject;
        this.probe = subject.probe();
        this.api = subject.streams("api");
        this.random = new SplittableRandom(seed);
        WORKERS.forEach(name -> {
            workers.put(name, subject.streams(name));
            hands.put(name, new TreeMap<>());
        });
        SCHEDULERS.forEach(name -> {
            schedulers.put(name, subject.timers(name));
            given.put(name, new ArrayList<>());
        });
    }

    public List<String> script(int steps) {
        for (int step = 1; step <= steps; step++) {
            step(random.nextInt(100));
            if (step % STEPS_BETWEEN_LOOKS == 0) {
                look();
            }
        }
        tellEvents();
        return script;
    }

    private void step(int dice) {
        if (dice < 20) {
            enqueue();
        } else if (dice < 66) {
            work(dice, WORKERS.get(random.nextInt(WORKERS.size())));
        } else if (dice < 80) {
            schedule(dice, SCHEDULERS.get(random.nextInt(SCHEDULERS.size())));
        } else if (dice < 88) {
            cancel();
        } else if (dice < 93) {
            rule(dice);
        } else {
            spoil(dice);
        }
    }

    private void enqueue() {
        Mode mode = chance(70) ? Mode.SUBMIT : Mode.RECONCILE;
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            jobs.add(anyJob());
        }
        Instant asOf = chance(95) ? api.time() : api.time().minusSeconds(12);
        say("enqueue " + mode + " " + jobs.stream().map(RandomCalls::name).toList(), api.enqueue(mode, asOf, jobs));
    }

    private Job anyJob() {
        int number = 1 + random.nextInt(JOBS);
        Job job = Jobs.job(number, number % 3 == 0 ? Band.HIGH : Band.NORMAL).withRun(1 + random.nextInt(4));
        Job timed = chance(30) ? Jobs.due(job, FAR.plusSeconds(number)) : job;
        return chance(15) ? Jobs.expiring(timed, chance(50) ? Instant.ofEpochMilli(1) : FAR) : timed;
    }

    private void work(int dice, String name) {
        JobStreams worker = Objects.requireNonNull(workers.get(name));
        if (dice < 30) {
            begins(name, worker.take(Jobs.QUEUE, 1 + random.nextInt(3)));
        } else if (dice < 33) {
            begins(name, worker.takeSuspect(Jobs.QUEUE));
        } else if (dice < 35) {
            begins(name, worker.await(List.of(Jobs.QUEUE), 1 + random.nextInt(3), A_MOMENT));
        } else if (dice < 37) {
            begins(name, worker.strays(Jobs.QUEUE, keys(name), Duration.ZERO));
        } else if (dice < 42) {
            reclaims(name, worker);
        } else if (dice < 46) {
            renews(name, worker);
        } else {
            settles(dice, name, worker);
        }
    }

    private void begins(String name, List<Delivery> begun) {
        Map<String, Delivery> own = own(name);
        begun.forEach(one -> own.put(name(one), one));
        say(name + " has", sorted(begun, RandomCalls::name));
    }

    private void reclaims(String name, JobStreams worker) {
        if (chance(50)) {
            WORKERS.forEach(probe::gone);
        } else if (chance(50)) {
            lapses(worker);
        }
        Duration lease = chance(80) ? Duration.ZERO : LEASE;
        List<Delivery> found = worker.reclaim(Jobs.QUEUE, 1 + random.nextInt(4), lease);
        say(name + " reclaims", found.stream().map(RandomCalls::name).toList());
        begins(name, found);
        if (chance(70)) {
            List<Admit> admits = worker.start(found);
            say(name + " starts", admits);
        }
    }

    private void renews(String name, JobStreams worker) {
        Renewal renewal = worker.renew(LEASE, List.copyOf(own(name).values()));
        say(name + " lost", sorted(renewal.lost(), this::nameIn));
        say(name + " is to cancel", sorted(renewal.flagged(), this::nameIn));
        if (chance(50)) {
            say(name + " is registered", worker.register(List.of(Jobs.QUEUE)));
        }
    }

    private void lapses(JobStreams worker) {
        List<Registered> seen = worker.look().others().stream()
                .sorted(Comparator.comparing(Registered::worker))
                .toList();
        say("registered", seen.stream().map(Registered::worker).toList());
        if (!seen.isEmpty()) {
            Registered one = seen.get(random.nextInt(seen.size()));
            say(
                    "lapses " + one.worker(),
                    worker.lapse(one, Duration.ZERO, LEASE) + " " + worker.lapse(one, Duration.ZERO, LEASE));
        }
    }

    private String nameIn(EntryKey key) {
        return hands.values().stream()
                .flatMap(own -> own.values().stream())
                .filter(held -> EntryKey.of(held).equals(key))
                .map(held -> held.job().id() + " " + held.token().run())
                .findFirst()
                .orElse("?");
    }

    private void settles(int dice, String name, JobStreams worker) {
        List<Delivery> held = List.copyOf(own(chance(85) ? name : "ann").values());
        if (held.isEmpty()) {
            return;
        }
        Delivery one = held.get(random.nextInt(held.size()));
        String what = name + " " + name(one);
        if (dice < 54) {
            JobState state = chance(60) ? JobState.SUCCEEDED : JobState.FAILED;
            say(what + " " + state, worker.finish(List.of(new Finish(one, state, Duration.ofMillis(1), "{}", null))));
        } else if (dice < 60) {
            Why why = Why.values()[random.nextInt(Why.values().length)];
            JobError error = new JobError("E", null, null);
            say(what + " defers " + why, worker.defer(List.of(new Deferral(one, why, new Due.At(FAR), null, error))));
        } else if (dice < 63) {
            say(what + " back", worker.handback(List.of(one)));
        } else if (chance(20)) {
            say(what + " orders", worker.order(List.of(new Ordering(one, "[]"))).size());
        } else {
            ProgressReport note = new ProgressReport(
                    one, chance(50) ? Duration.ZERO : null, chance(50) ? new Progress(1, 2, "m") : null);
            say(what + " note", worker.report(List.of(note)).size());
        }
        if (chance(60)) {
            own(name).remove(name(one));
        }
    }

    private void schedule(int dice, String name) {
        TimerStreams scheduler = Objects.requireNonNull(schedulers.get(name));
        List<EntryId> own = Objects.requireNonNull(given.get(name));
        if (dice < 68) {
            own.addAll(scheduler.delayed(1 + random.nextInt(3), A_MOMENT));
            say(name + " is given", own.size());
        } else if (dice < 70) {
            own.addAll(scheduler.abandoned(2, Duration.ZERO));
            say(name + " takes over", own.size());
        } else if (dice < 73) {
            say(name + " holds", scheduler.hold(own));
            own.clear();
        } else if (dice < 75) {
            say(name + " holds new", scheduler.holdNew(2));
        } else if (dice < 76) {
            say(name + " has unheld", scheduler.unheld(5).size());
        } else {
            fallDue();
            say(
                    name + " releases",
                    scheduler.release(1 + random.nextInt(3)).late().size());
        }
    }

    private void fallDue() {
        int number = 1 + random.nextInt(JOBS);
        if (probe.timers().containsKey(Jobs.id(number))) {
            probe.setTimer(Jobs.id(number), Instant.ofEpochSecond(number));
        }
    }

    private void cancel() {
        JobId job = Jobs.id(1 + random.nextInt(JOBS));
        JobState reason = chance(70) ? JobState.CANCELLED : JobState.EXPIRED;
        Cancel cancel = new Cancel(job, Jobs.QUEUE, 1 + random.nextInt(4), reason);
        if (chance(75)) {
            say("cancel " + cancel, api.cancel(List.of(cancel)));
        } else {
            say("purge " + cancel, api.purge(List.of(cancel)));
        }
    }

    private void rule(int dice) {
        switch (dice) {
            case 88 -> pause();
            case 89, 90 -> api.resume(Jobs.QUEUE);
            case 91 -> {
                String worker = WORKERS.get(random.nextInt(WORKERS.size()));
                say("lone " + worker, subject.streams(worker).holdSuspectLock(Jobs.QUEUE, LEASE));
                say("suspects", api.suspects(Jobs.QUEUE));
            }
            default ->
                LANES.forEach(lane -> WORKERS.forEach(worker -> say("forget " + worker, api.forget(lane, worker))));
        }
    }

    private void pause() {
        if (chance(50)) {
            api.pause(Jobs.QUEUE);
        } else {
            api.keepPaused(List.of(Jobs.QUEUE));
        }
        say("paused", api.paused(List.of(Jobs.QUEUE)));
    }

    private void spoil(int dice) {
        JobId job = Jobs.id(1 + random.nextInt(JOBS));
        Lane lane = LANES.get(random.nextInt(LANES.size()));
        switch (dice) {
            case 93 -> probe.removeMarker(job);
            case 94 -> probe.put(lane, Map.of("job", job.toString()));
            case 95 -> probe.entries(lane).stream().findFirst().ifPresent(entry -> probe.removeEntry(lane, entry));
            case 96 -> probe.removeTimer(job);
            case 97 -> removeGroup(lane);
            case 98 -> api.bless(++epoch);
            default -> loseAll();
        }
        say("spoilt " + dice, job);
    }

    private void removeGroup(Lane lane) {
        if (!probe.entries(lane).isEmpty()) {
            probe.removeGroup(lane);
        }
    }

    /** Not before the next millisecond, so that no id of before comes again. */
    private void loseAll() {
        Instant before = api.time();
        Awaiting.until("the clock goes on", () -> api.time().toEpochMilli() > before.toEpochMilli());
        probe.loseAll();
        api.markEnded(List.of(new EndedRun(Jobs.id(1), epoch, 2)));
        api.bless(++epoch);
    }

    private void look() {
        LANES.forEach(this::look);
        say("delays", probe.delays().stream().map(this::delayed).toList());
        say("given", probe.delaysPending().size());
        say("timers", sorted(probe.timers().keySet(), JobId::toString));
        say("timer jobs", sorted(probe.timerJobs(), JobId::toString));
        for (int number = 1; number <= JOBS; number++) {
            say("marker " + number, marker(Jobs.id(number)));
        }
    }

    private void look(Lane lane) {
        Map<EntryId, String> lying = new LinkedHashMap<>();
        probe.entries(lane).forEach(entry -> lying.put(entry, name(probe.fields(lane, entry))));
        String place = lane.isSuspect() ? "s" : "q" + lane.label();
        lying.forEach((entry, name) -> names.put(place + entry, name));
        say("lane " + lane.label(), lying.values());
        say(
                "pending " + lane.label(),
                probe.pending(lane).stream()
                        .map(one -> lying.get(one.entry()) + " " + one.consumer() + " " + one.delivery())
                        .toList());
    }

    private String delayed(EntryId entry) {
        String name = name(probe.delay(entry));
        names.put("d" + entry, name);
        return name;
    }

    private String marker(JobId job) {
        Probe.Marker marker = probe.marker(job);
        if (marker == null) {
            return "none";
        }
        String entry = marker.entry() == null ? "" : names.getOrDefault(marker.place() + marker.entry(), "gone");
        return marker.epoch() + "." + marker.run() + " " + marker.place() + " " + entry + " " + marker.flagged() + " "
                + (marker.life() == null);
    }

    private void tellEvents() {
        Map<JobId, List<String>> told = new TreeMap<>();
        for (Decoded decoded : probe.events()) {
            if (decoded instanceof Decoded.Event one) {
                JobEvent event = one.event();
                told.computeIfAbsent(event.job(), first -> new ArrayList<>())
                        .add(event.getClass().getSimpleName() + " "
                                + event.position().token() + " " + event.attempt());
            } else {
                say("quarantined", decoded.getClass().getSimpleName());
            }
        }
        told.forEach((job, events) -> say("events " + job, events));
    }

    private Map<String, Delivery> own(String name) {
        return Objects.requireNonNull(hands.get(name));
    }

    private Set<EntryKey> keys(String name) {
        Set<EntryKey> keys = new HashSet<>();
        own(name).values().forEach(one -> keys.add(EntryKey.of(one)));
        return keys;
    }

    private static String name(Map<String, String> fields) {
        return fields.get("job") + " " + fields.get("run") + " " + fields.get("attempt") + " " + fields.get("deaths");
    }

    private static String name(Job job) {
        return job.id() + " " + job.run() + " " + (job.due() != null) + " " + job.expiresAt();
    }

    private static String name(Delivery one) {
        return one.lane().label() + " " + one.token() + " " + name(one.job()) + " "
                + one.job().attempt() + " " + one.job().deaths();
    }

    private static <T> Set<String> sorted(Collection<T> some, Function<T, String> name) {
        Set<String> sorted = new TreeSet<>();
        some.forEach(one -> sorted.add(name.apply(one)));
        return sorted;
    }

    private void say(String what, Object answer) {
        script.add(what + ": " + answer);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
