package dev.millrace.scheduler.schedules;

import dev.millrace.json.PlanJson;
import dev.millrace.schedule.Occurrence;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A schedule, standing or removed, and when it fires next. */
@Entity
@Table(schema = "scheduler", name = "schedule")
@IdClass(ScheduleRow.Key.class)
public class ScheduleRow extends PanacheEntityBase {

    @Id
    public String tenant;

    @Id
    public String id;

    public long generation;
    public long version;
    public String source;
    public String plan;
    public String job;
    public boolean paused;

    /** The first tick that was not dealt with; null if none comes. */
    @Column(name = "next_at")
    public @Nullable Instant nextAt;

    /** The instant of a decision whose later fires are still to be made; null if there is none. */
    @Column(name = "decided_at")
    public @Nullable Instant decidedAt;

    @Column(name = "removed_at")
    public @Nullable Instant removedAt;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    /** Its key, as Hibernate wants it. */
    public record Key(String tenant, String id) {}

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ScheduleRow() {}

    /** A row that {@link #make} is to fill. */
    @SuppressWarnings("NullAway.Init")
    ScheduleRow(ScheduleKey key) {
        this.tenant = key.tenant();
        this.id = key.id();
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
        stop();
    }

    /** Lets it fire no more. */
    public void stop() {
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

    /**
     * The plan.
     *
     * @throws IllegalArgumentException if this version cannot read it
     */
    public Plan readPlan() {
        return ScheduleCodec.plan(plan);
    }

    Schedule schedule() {
        ScheduleContent content = new ScheduleContent(readPlan(), job, paused);
        return new Schedule(key(), generation, version, Schedule.Source.ofLabel(source), content, createdAt, updatedAt);
    }

    private static String text(Plan plan) {
        return PlanJson.write(plan).toString();
    }
}
