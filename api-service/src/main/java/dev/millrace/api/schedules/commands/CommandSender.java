package dev.millrace.api.schedules.commands;

import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.redis.RedisLink;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Sends commands again that were not answered, and forgets answered ones after a day. Turns in every instance. */
@Singleton
public class CommandSender {

    private static final int BATCH = 200;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** How often what is answered is to be forgotten. */
    public static final Duration BETWEEN_FORGETS = Duration.ofMinutes(1);

    private final Db db;
    private final EntryWriter stream;

    public CommandSender(Db db, RedisLink link) {
        this.db = db;
        this.stream = new EntryWriter(link, StreamNames.schedules());
    }

    /** Sends a batch; goes on at once while there is more. What Redis does not take is due again in its turn. */
    public Duration sendOnce() {
        List<List<String>> due = db.session(LIMIT, tx -> CommandRows.due(tx, BATCH));
        if (!due.isEmpty()) {
            stream.write(due);
        }
        return due.size() == BATCH ? Duration.ZERO : PAUSE;
    }

    /** Forgets batch after batch, until all that is left is younger than a day. */
    public void forgetOnce() {
        int gone;
        do {
            gone = db.session(LIMIT, tx -> CommandRows.forget(tx, BATCH));
        } while (gone == BATCH);
    }
}
