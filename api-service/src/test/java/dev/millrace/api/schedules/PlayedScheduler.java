package dev.millrace.api.schedules;

import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.Schedule.Source;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleCommand.Pause;
import dev.millrace.schedule.ScheduleCommand.Put;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleCommand.Resume;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Reason;
import dev.millrace.schedule.ScheduleEvent.Refused;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.SchedulerMessage;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The other side of the streams, as simple as it can be: one scheduler, in memory, that fires nothing of its own accord. */
@Dependent
public class PlayedScheduler {

    private static final AtomicLong SEQUENCE = new AtomicLong(100);
    private static final int PORTION = 500;
    private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

    private final Supplier<RedisLink> links;
    private final StreamNames names;
    private final Map<ScheduleKey, Schedule> schedules = new ConcurrentHashMap<>();
    private final Map<UUID, ScheduleEvent> answered = new ConcurrentHashMap<>();
    private final Queue<FireAnswer> fires = new ConcurrentLinkedQueue<>();
    private final Queue<ScheduleCommand> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> before = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mute = new AtomicInteger();
    private volatile boolean going;
    private Thread thread = new Thread(() -> {});
    private final RedisLink link;

    public PlayedScheduler(Supplier<RedisLink> links, RedisLink link, StreamNames names) {
        this.links = links;
        this.link = link;
        this.names = names;
    }

    public void start() {
        going = true;
        thread = Thread.ofVirtual().start(this::turn);
    }

    public void stop() {
        going = false;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Loses the next answers on their way. */
    void loseAnswers(int count) {
        mute.set(count);
    }

    /** Done right before the next command is carried out. */
    void beforeNext(Runnable action) {
        before.add(action);
    }

    /** Every command, however often it came. */
    List<ScheduleCommand> heard() {
        return List.copyOf(heard);
    }

    public List<FireAnswer> answers() {
        return List.copyOf(fires);
    }

    public void report(List<FireReport> reports) {
        EntryWriter submit = new EntryWriter(link, names.submit());
        for (int from = 0; from < reports.size(); from += PORTION) {
            List<FireReport> portion = reports.subList(from, Math.min(reports.size(), from + PORTION));
            submit.write(portion.stream().map(ScheduleCodec::encode).toList());
        }
    }

    public void tell(ScheduleEvent... event) {
        new EntryWriter(link, StreamNames.scheduleEvents())
                .write(List.of(event).stream().map(ScheduleCodec::encode).toList());
    }

    /** As somebody else would change it. */
    void touch(ScheduleKey key) {
        Optional<Schedule> now = find(key);
        tell(new Stands(stand(key, now, now.orElseThrow().content(), Source.API), Optional.empty()));
    }

    /** As the configuration of schedulers declares it. */
    void declare(ScheduleKey key, ScheduleContent content) {
        tell(new Stands(stand(key, Optional.empty(), content, Source.CONFIGURATION), Optional.empty()));
    }

    public static Schedule schedule(ScheduleKey key, long version, ScheduleContent content) {
        return new Schedule(key, 7, version, Source.API, content, BORN, BORN.plusSeconds(version));
    }

    private void turn() {
        RedisLink own = links.get();
        GroupReader reader = new GroupReader(own, StreamNames.schedules(), StreamNames.SCHEDULER, "played");
        while (going) {
            try {
                List<StreamEntry> entries = reader.read(500, Duration.ofMillis(100));
                entries.forEach(entry -> hear(read(entry)));
                reader.acknowledge(entries.stream().map(StreamEntry::id).toList());
            } catch (StreamsUnavailable emptied) {
                // A test that begins empties Redis; the group is made again.
            }
        }
        own.close();
    }

    private static SchedulerMessage read(StreamEntry entry) {
        List<String> flat = new ArrayList<>();
        entry.fields().forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return ((Reading.Understood<SchedulerMessage>) ScheduleCodec.forSchedulers(flat)).value();
    }

    private void hear(SchedulerMessage told) {
        switch (told) {
            case FireAnswer answer -> fires.add(answer);
            case ScheduleCommand command -> answer(command);
        }
    }

    private void answer(ScheduleCommand command) {
        heard.add(command);
        Runnable first = before.poll();
        if (first != null) {
            first.run();
        }
        ScheduleEvent event = answered.computeIfAbsent(command.id(), id -> carriedOut(command));
        if (mute.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            tell(event);
        }
    }

    private ScheduleEvent carriedOut(ScheduleCommand command) {
        ScheduleKey key = command.key();
        Optional<UUID> id = Optional.of(command.id());
        Optional<Schedule> now = find(key);
        Optional<Reason> refusal = refusal(command, now);
        if (refusal.isPresent()) {
            return new Refused(command.id(), refusal.get());
        }
        return switch (command) {
            case Create create -> new Stands(stand(key, now, create.content(), Source.API), id);
            case Put put -> new Stands(put(put, now), id);
            case Pause pause ->
                new Stands(stand(key, now, now.orElseThrow().content().pausedNow(true), Source.API), id);
            case Resume resume ->
                new Stands(stand(key, now, now.orElseThrow().content().pausedNow(false), Source.API), id);
            case Remove remove -> {
                schedules.remove(key);
                yield new Removed(key, now.orElseThrow().generation(), SEQUENCE.incrementAndGet(), id);
            }
        };
    }

    private Schedule put(Put put, Optional<Schedule> now) {
        ScheduleContent content =
                now.map(Schedule::content).map(put::contentAfter).orElse(put.content());
        return now.filter(schedule -> schedule.content().equals(content))
                .orElseGet(() -> stand(put.key(), now, content, Source.API));
    }

    private Optional<Schedule> find(ScheduleKey key) {
        return Optional.ofNullable(schedules.get(key));
    }

    private static Optional<Reason> refusal(ScheduleCommand command, Optional<Schedule> now) {
        if (now.filter(schedule -> schedule.source() == Source.CONFIGURATION).isPresent()) {
            return Optional.of(Reason.CONFIGURED);
        }
        Optional<Reason> unknown = now.isPresent() ? Optional.empty() : Optional.of(Reason.UNKNOWN);
        return switch (command) {
            case Create create -> now.map(there -> Reason.EXISTS);
            case Put put -> stale(put.version(), now);
            case Remove remove -> unknown.or(() -> stale(remove.version(), now));
            case Pause pause -> unknown;
            case Resume resume -> unknown;
        };
    }

    private static Optional<Reason> stale(OptionalLong wanted, Optional<Schedule> now) {
        boolean good = wanted.isEmpty()
                || now.map(Schedule::version)
                        .filter(version -> version == wanted.getAsLong())
                        .isPresent();
        return good ? Optional.empty() : Optional.of(Reason.STALE);
    }

    private Schedule stand(ScheduleKey key, Optional<Schedule> before, ScheduleContent content, Source source) {
        long version = SEQUENCE.incrementAndGet();
        Schedule next = new Schedule(
                key,
                before.map(Schedule::generation).orElse(version),
                version,
                source,
                content,
                before.map(Schedule::createdAt).orElse(BORN),
                BORN.plusSeconds(version));
        schedules.put(key, next);
        return next;
    }
}
