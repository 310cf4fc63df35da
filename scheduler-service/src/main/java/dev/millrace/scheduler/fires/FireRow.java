package dev.millrace.scheduler.fires;

import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tick that fired or was missed, and whether the api has answered. */
@Entity
@Table(schema = "scheduler", name = "fire")
@IdClass(FireRow.Key.class)
public class FireRow extends PanacheEntityBase {

    static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int DOUBLINGS = 5;

    @Id
    public String tenant;

    @Id
    public String schedule;

    @Id
    public long generation;

    @Id
    public Instant at;

    public boolean missed;
    public String job;
    public String overlap;

    /** Null until the api has answered. */
    public @Nullable String outcome;

    /** When it is sent again; null once it is answered. */
    @Column(name = "send_at")
    public @Nullable Instant sendAt;

    public int sends;

    /** Its key, as Hibernate wants it. */
    public record Key(String tenant, String schedule, long generation, Instant at) {}

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected FireRow() {}

    FireReport report() {
        return new FireReport(new ScheduleKey(tenant, schedule), generation, at, missed, Overlap.ofLabel(overlap), job);
    }

    /** It is sent now, and again if no answer comes. */
    void sent(Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(sends, DOUBLINGS));
        sendAt = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        sends++;
    }
}
