package dev.millrace.scheduler.schedules;

import dev.millrace.json.PlanJson;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.trigger.Occurrence;
import dev.millrace.stream.entries.ScheduleCodec;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule, standing or removed, and when it fires next. */
@Entity
@Table(schema = "scheduler", name = "schedule")
@IdClass(ScheduleRow.Key.class)
public class ScheduleRow extends PanacheEntityBase {

    @Id
    private String tenant = "";

    @Id
    private String id = "";

    private long generation;
    private long version;
    private String source = "";
    private String plan = "";
    private String job = "";
    private boolean paused;

    /** The first tick that was not dealt with; null if none comes. */
    @Column(name = "next_at")
    private @Nullable Instant nextAt;

    /** The instant of a decision whose later fires are still to be made; null if there is none. */
    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    @Column(name = "removed_at")
    private @Nullable Instant removedAt;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    private Instant updatedAt = Instant.EPOCH;

    /** Its key, as Hibernate wants it. */
    public record Key(String tenant, String id) {}

    /** For Hibernate. */
    protected ScheduleRow() {}

    /** A row that {@link #make} is to fill. */
    ScheduleRow(ScheduleKey key) {
        this.tenant = key.tenant();
        this.id = key.id();
    }

    /** Returns the row of a key, which nobody else changes before the unit of work ends. */
    static Uni<Optional<ScheduleRow>> locked(ScheduleKey key) {
        return ScheduleRow.<ScheduleRow>findById(new Key(key.tenant(), key.id()), LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** Begins anew, whatever was here before. */
    void make(ScheduleContent content, Schedule.Source by, long growth, Instant now) {
        generation = growth;
        source = by.label();
        createdAt = now;
        removedAt = null;
        hold(content, growth, now);
        aimAfter(content, now);
    }

    /** What is due already still fires, unless the plan is another one. */
    void change(ScheduleContent content, long growth, Instant now) {
        boolean goesOn = !paused && !content.paused() && plan.equals(text(content.plan()));
        hold(content, growth, now);
        if (!goesOn) {
            aimAfter(content, now);
        }
    }

    private void hold(ScheduleContent content, long growth, Instant now) {
        version = growth;
        plan = text(content.plan());
        job = content.job();
        paused = content.paused();
        updatedAt = now;
    }

    /** What lies before is not missed: it was not to be, or belonged to another plan. */
    private void aimAfter(ScheduleContent content, Instant now) {
        decidedAt = null;
        nextAt = content.paused()
                ? null
                : content.plan().next(now).map(Occurrence::at).orElse(null);
    }

    void remove(long growth, Instant now) {
        version = growth;
        removedAt = now;
        updatedAt = now;
        nextAt = null;
        decidedAt = null;
    }

    public boolean stands() {
        return removedAt == null;
    }

    public boolean isOf(Schedule.Source one) {
        return source.equals(one.label());
    }

    public boolean holds(ScheduleContent content) {
        return plan.equals(text(content.plan())) && job.equals(content.job()) && paused == content.paused();
    }

    public ScheduleKey key() {
        return new ScheduleKey(tenant, id);
    }

    long generation() {
        return generation;
    }

    long version() {
        return version;
    }

    /**
     * Returns what stands.
     *
     * @throws IllegalArgumentException if this version cannot read the plan
     */
    Schedule schedule() {
        ScheduleContent content = new ScheduleContent(ScheduleCodec.plan(plan), job, paused);
        return new Schedule(key(), generation, version, Schedule.Source.ofLabel(source), content, createdAt, updatedAt);
    }

    private static String text(Plan plan) {
        return PlanJson.write(plan).toString();
    }
}
