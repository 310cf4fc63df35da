package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.timers.TimerStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link TimerStreams} on a {@link FakeRedis}; {@code delayed} looks once and does not wait. */
final class FakeTimerStreams implements TimerStreams {

    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final FakeRedis redis;
    private final String scheduler;

    FakeTimerStreams(FakeRedis redis, String scheduler) {
        this.redis = redis;
        this.scheduler = scheduler;
    }

    private Call call() {
        return Call.ofScheduler(redis, scheduler);
    }

    @Override
    public int epoch() {
        return Integer.parseInt(call().epoch);
    }

    /** Plain commands, which work also while it is cold. */
    private Stream delays() {
        return redis.data().made(NAMES.delays());
    }

    private Group group() {
        Stream delays = delays();
        Group found = delays.group(StreamNames.SCHEDULER);
        return found == null ? delays.makeGroup(StreamNames.SCHEDULER, redis.has(Flaw.GROUP_AT_THE_END)) : found;
    }

    @Override
    public List<EntryId> delayed(int n, Duration atMost) {
        return delays().read(group(), scheduler, redis.now(), n);
    }

    @Override
    public List<EntryId> unheld(int n) {
        Group group = group();
        group.seen(scheduler, redis.now());
        return group.idle(redis.now(), 0, scheduler, n).stream()
                .map(Map.Entry::getKey)
                .filter(entry -> delays().body(entry) != null)
                .toList();
    }

    @Override
    public List<EntryId> abandoned(int n, Duration idle) {
        Group group = group();
        group.seen(scheduler, redis.now());
        List<EntryId> claimed = new ArrayList<>();
        for (Map.Entry<EntryId, Group.Given> one : group.idle(redis.now(), idle.toMillis(), null, n)) {
            if (delays().body(one.getKey()) == null) {
                group.acknowledge(one.getKey());
            } else {
                group.claim(one.getKey(), scheduler, redis.now(), true);
                claimed.add(one.getKey());
            }
        }
        return claimed;
    }

    @Override
    public int hold(List<EntryId> entries) {
        Batch.check(entries);
        return entries.isEmpty() ? 0 : hold(call(), entries);
    }

    @Override
    public int holdNew(int n) {
        Call call = call();
        return hold(call, call.readNew(NAMES.delays(), Math.min(n, Batch.MAX)));
    }

    private static int hold(Call call, List<EntryId> entries) {
        int held = 0;
        for (EntryId entry : entries) {
            List<String> flat = call.body(NAMES.delays(), entry);
            Map<String, String> f = flat == null ? null : call.admit(NAMES.delays(), entry, flat, 0);
            if (flat != null && f != null) {
                long due = f.containsKey("due") ? Call.number(f, "due") : call.now;
                call.data.times().put(Call.job(f), due);
                call.data.timerTexts().put(Call.job(f), Json.text(flat));
                call.mark(Call.job(f), Call.field(f, "epoch"), Call.field(f, "run"), "t", "");
                held++;
            }
            call.remove(NAMES.delays(), entry);
        }
        return held;
    }

    @Override
    public Released release(int n) {
        Call call = call();
        long until = call.now + (call.has(Flaw.EARLY_RELEASE) ? 2_000 : 0);
        List<Duration> late = new ArrayList<>();
        List<String> due = call.data.timersInOrder().stream()
                .filter(job -> call.data.times().getOrDefault(job, Long.MAX_VALUE) <= until)
                .limit(Math.min(n, Batch.MAX))
                .toList();
        due.forEach(job -> release(call, job, late));
        return new Released(Instant.ofEpochMilli(call.now), late, next(call));
    }

    private static @Nullable Instant next(Call call) {
        return call.data.times().values().stream()
                .min(Long::compare)
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    private static void release(Call call, String job, List<Duration> late) {
        long due = call.data.times().getOrDefault(job, 0L);
        String text = call.data.timerTexts().get(job);
        call.data.dropTimer(job);
        if (text != null && release(call, job, text)) {
            late.add(Duration.ofMillis(Math.max(0, call.now - due)));
        }
    }

    private static boolean release(Call call, String job, String text) {
        List<String> flat = Json.flat(text);
        if (flat == null || !Call.job(Call.parse(flat)).equals(job)) {
            String reason = "what its timer kept is not its fields";
            call.quarantine(NAMES.timers(), "", List.of(text), Map.of("job", job), 0, reason);
            return false;
        }
        Map<String, String> f = call.validate(NAMES.timers(), "", flat, 0);
        if (f == null) {
            return false;
        }
        String label = Call.number(f, "deaths") >= Call.MAX_DEATHS && !call.has(Flaw.PLAIN_POISON_COUNTER)
                ? "suspect"
                : Call.field(f, "band");
        String to = NAMES.queuePrefix() + Call.field(f, "queue") + ":" + label;
        call.add(to, flat, job, Call.field(f, "run"), Map.of("epoch", call.epoch));
        call.event(job, "QUEUED", call.epoch, Call.field(f, "run"), 0, Call.field(f, "attempt"), List.of());
        return true;
    }

    @Override
    public Backlog backlog() {
        Data data = redis.data();
        long due = data.times().values().stream()
                .filter(time -> time <= redis.now())
                .count();
        return new Backlog(delays().length(), data.times().size(), due);
    }

    @Override
    public int forgetSilent(Duration silence) {
        Group group = group();
        List<String> silent = group.consumers().entrySet().stream()
                .filter(one -> redis.now() - one.getValue() >= silence.toMillis())
                .map(Map.Entry::getKey)
                .toList();
        return (int) silent.stream().filter(one -> forgotten(group, one)).count();
    }

    private static boolean forgotten(Group group, String consumer) {
        if (group.holdsFor(consumer)) {
            return false;
        }
        group.forget(consumer);
        return true;
    }

    @Override
    public void leave() {
        Group group = call().groupOf(NAMES.delays());
        if (group != null) {
            forgotten(group, scheduler);
        }
    }
}
