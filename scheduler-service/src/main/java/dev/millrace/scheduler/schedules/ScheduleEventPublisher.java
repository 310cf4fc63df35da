package dev.millrace.scheduler.schedules;

import dev.millrace.batch.Parts;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.groups.EntryWriter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Tells the api of schedules. */
public final class ScheduleEventPublisher {

    private static final Logger LOG = Logger.getLogger(ScheduleEventPublisher.class);
    private static final int BATCH = 100;

    private final EntryWriter writer;

    public ScheduleEventPublisher(EntryWriter writer) {
        this.writer = writer;
    }

    /** In this order. After a failure, some may have been told. */
    public void publish(List<ScheduleEvent> events) {
        write(events.stream().map(ScheduleCodec::encode).toList());
    }

    void write(List<List<String>> entries) {
        Parts.of(entries, BATCH).forEach(writer::write);
    }

    /** Returns what a row says of its schedule; nothing if it holds a plan that this version cannot read. */
    public static Stream<ScheduleEvent> ifLegible(ScheduleRow row) {
        return ifLegible(row.key(), () -> of(row, Optional.empty()));
    }

    static Stream<ScheduleEvent> ifLegible(ScheduleKey key, Supplier<ScheduleEvent> event) {
        try {
            return Stream.of(event.get());
        } catch (IllegalArgumentException unreadable) {
            LOG.errorf("Schedule %s is not published: %s", key, unreadable.getMessage());
            return Stream.empty();
        }
    }

    static ScheduleEvent of(ScheduleRow row, Optional<UUID> command) {
        return row.stands()
                ? new Stands(row.schedule(), command)
                : new Removed(row.key(), row.generation(), row.version(), command);
    }
}
