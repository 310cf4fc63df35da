package dev.millrace.api.schedules.commands;

import dev.millrace.postgres.Db;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks the schedulers. What was asked stands, whatever comes. */
@Singleton
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final EntryWriter stream;
    private final PendingAnswers waiters;

    public Commands(Db db, RedisLink link, PendingAnswers waiters) {
        this.db = db;
        this.stream = new EntryWriter(link, StreamNames.schedules());
        this.waiters = waiters;
    }

    /**
     * The answer, once the record shows what came of it. Empty if there is none within 2 s: the command stands, and is carried
     * out when a scheduler is there.
     *
     * @throws dev.millrace.postgres.DatabaseUnavailable if PostgreSQL could not be asked; it may be carried out all the same
     */
    public Optional<Answer> ask(ScheduleCommand command) {
        if (db.session(LIMIT, tx -> CommandRows.add(tx, command))) {
            send(command);
        }
        return waiters.await(command.id(), () -> db.session(LIMIT, tx -> CommandRows.find(tx, command.id())));
    }

    /** Whether something was asked of this schedule that is not answered. */
    public boolean isOpen(ScheduleKey key) {
        return db.session(LIMIT, tx -> CommandRows.isOpen(tx, key));
    }

    private void send(ScheduleCommand command) {
        try {
            stream.write(List.of(ScheduleCodec.encode(command)));
        } catch (StreamsUnavailable away) {
            LOG.debugf(away, "A command is sent later, because Redis did not take it. schedule=%s", command.key());
        }
    }
}
