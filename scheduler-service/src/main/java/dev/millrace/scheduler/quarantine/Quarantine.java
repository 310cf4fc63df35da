package dev.millrace.scheduler.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.db.Db;
import dev.millrace.scheduler.db.Tx;
import dev.millrace.stream.StreamEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/** Writes entries that nobody can read. The same entry may be written again: it stands there once. */
public final class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_REASON = 1024;
    private static final int MAX_BYTES = 64 * 1024;

    private final Db db;
    private final DatabaseClock clock;
    private final Counter kept;

    public Quarantine(Db db, DatabaseClock clock, MeterRegistry meters) {
        this.db = db;
        this.clock = clock;
        this.kept = meters.counter("millrace_schedule_quarantined");
    }

    /** Returns after the commit. What is longer than {@value #MAX_BYTES} characters is cut. */
    public void keep(String stream, StreamEntry entry, String reason) {
        if (db.transaction(LIMIT, tx -> kept(tx, stream, entry, reason))) {
            kept.increment();
            LOG.warnf("Entry %s of %s cannot be read and is in scheduler.quarantine. %s", entry.id(), stream, reason);
        }
    }

    private boolean kept(Tx tx, String stream, StreamEntry entry, String reason) {
        QuarantineRow.Key key = new QuarantineRow.Key(stream, entry.id().toString());
        boolean there = tx.ask(() -> QuarantineRow.findById(key).map(row -> row != null));
        if (!there) {
            Instant now = clock.now(tx);
            tx.ask(new QuarantineRow(key, text(reason), lines(entry.fields()).getBytes(UTF_8), now)::persist);
        }
        return !there;
    }

    private static String lines(Map<String, String> fields) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (lines.length() < MAX_BYTES) {
                lines.append(lines.isEmpty() ? "" : "\n")
                        .append(cut(field.getKey(), MAX_BYTES))
                        .append('=')
                        .append(cut(field.getValue(), MAX_BYTES));
            }
        }
        return cut(lines.toString(), MAX_BYTES);
    }

    /** The text of PostgreSQL has no NUL. */
    private static String text(String reason) {
        return cut(reason, MAX_REASON).replace('\0', '\uFFFD');
    }

    private static String cut(String text, int atMost) {
        return text.length() <= atMost ? text : text.substring(0, atMost);
    }
}
