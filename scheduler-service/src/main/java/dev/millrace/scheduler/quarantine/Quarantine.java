package dev.millrace.scheduler.quarantine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import dev.millrace.scheduler.db.DatabaseClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Writes entries that nobody can read. The same entry may be written again: it stands there once. */
public final class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String KEEP = """
            insert into scheduler.quarantine (stream, entry, reason, bytes, at)
            select $1, entry, reason, decode(bytes, 'base64'), $2
              from json_to_recordset(cast($3 as json)) as r(entry text, reason text, bytes text)
            on conflict do nothing""";

    private final Db db;
    private final DatabaseClock clock;
    private final Counter kept;

    public Quarantine(Db db, DatabaseClock clock, MeterRegistry meters) {
        this.db = db;
        this.clock = clock;
        this.kept = meters.counter("millrace_schedule_quarantined");
    }

    /** Returns after the commit. */
    public void keep(String stream, List<Unreadable> unreadable) {
        if (unreadable.isEmpty()) {
            return;
        }
        kept.increment((double) db.transaction(
                LIMIT,
                tx -> tx.run(KEEP, stream, Values.time(clock.now(tx)), rows(unreadable))
                        .rowCount()));
        LOG.warnf(
                "%d entries of %s cannot be read and are in scheduler.quarantine, from %s on. %s",
                unreadable.size(),
                stream,
                unreadable.getFirst().entry().id(),
                unreadable.getFirst().why());
    }

    private static String rows(List<Unreadable> unreadable) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        unreadable.forEach(one -> rows.addObject()
                .put("entry", one.entry().id().toString())
                .put("reason", one.why())
                .put("bytes", one.base64()));
        return rows.toString();
    }
}
