package dev.millrace.scheduler.fires;

import dev.millrace.batch.Parts;
import dev.millrace.schedule.FireReport;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupLag;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sends what fired to the api, as long as its readers keep up and Redis is there. What is held back is in the table of
 * fires, and goes when the resender finds it. A scheduler has one: what the resender finds open, is open to its rounds too.
 */
public final class Reports {

    private static final Logger LOG = Logger.getLogger(Reports.class);

    /** Later than this, more entries would only lie in Redis's memory. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    private static final int BATCH = 100;

    private final EntryWriter writer;
    private final GroupLag lag;
    private volatile boolean heldBack;

    public Reports(EntryWriter writer, GroupLag lag) {
        this.writer = writer;
        this.lag = lag;
    }

    /** Sends what was just committed, if it can be sent; never fails. Whether it does, is known by the answers only. */
    void offer(List<FireReport> reports) {
        if (heldBack) {
            return;
        }
        try {
            send(reports);
        } catch (StreamsUnavailable away) {
            heldBack = true;
            LOG.debugf(away, "%d reports of fires wait in PostgreSQL until Redis can be asked.", reports.size());
        }
    }

    /** Throws what the streams throw while they cannot be used. */
    void send(List<FireReport> reports) {
        for (List<FireReport> batch : Parts.of(reports, BATCH)) {
            writer.write(batch.stream().map(ScheduleCodec::encode).toList());
        }
    }

    /** Looks whether more may be sent; throws what the streams throw while they cannot be used. */
    boolean open() {
        heldBack = lag.oldest().compareTo(BEHIND) > 0;
        return !heldBack;
    }
}
