package dev.millrace.api.schedules.projection;

import dev.millrace.api.schedules.commands.CommandMeters;
import dev.millrace.api.schedules.commands.CommandRows;
import dev.millrace.api.schedules.commands.CommandSender;
import dev.millrace.api.schedules.commands.PendingAnswers;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loop;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import dev.millrace.stream.groups.StreamUpkeep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks with the schedulers: records their events, wakes those who wait for an answer, and sends commands. */
@ApplicationScoped
class ScheduleEventLoops {

    private static final int BATCH = 200;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final StreamConsumer<ScheduleEvent> consumer;
    private final StreamUpkeep upkeep;
    private final Db db;
    private final PendingAnswers waiters;
    private volatile @Nullable Loop sending;

    ScheduleEventLoops(GroupMember member, Db db, PendingAnswers waiters) {
        String events = StreamNames.scheduleEvents();
        this.consumer = member.consumer(events, BATCH, entry -> ScheduleCodec.event(entry.fields()));
        this.upkeep = member.upkeep(events);
        this.db = db;
        this.waiters = waiters;
    }

    void start(
            @Observes StartupEvent starting, Loops loops, Duties duties, CommandSender sender, CommandMeters meters) {
        sending = loops.start("schedule-commands", sender::sendOnce);
        loops.start("schedule-events", this::recordOnce);
        duties.start("schedule-events-trim", StreamUpkeep.PERIOD, upkeep::once);
        duties.start("schedule-commands-forget", CommandSender.BETWEEN_FORGETS, sender::forgetOnce);
        duties.start("schedule-commands-count", CommandMeters.PERIOD, meters::countOnce);
    }

    /** Records a batch of events; waits up to a second for one. */
    private Duration recordOnce() {
        return consumer.consumeOnce(this::record);
    }

    private void record(List<ScheduleEvent> events) {
        ScheduleEventBatch batch = ScheduleEventBatch.of(events);
        db.vetting(LIMIT, tx -> {
            ScheduleRows.write(tx, batch.schedules().values());
            CommandRows.answer(tx, batch.answers());
            return batch;
        });
        waiters.wake(batch.answers().keySet());
        if (!batch.answers().isEmpty()) {
            sendNext();
        }
    }

    /** Commands of one schedule go one after the other: the next one need not wait for the sender's turn. */
    private void sendNext() {
        Loop sender = sending;
        if (sender != null) {
            sender.wake();
        }
    }
}
