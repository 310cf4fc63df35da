package dev.millrace.scheduler.schedules;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far all schedules were told to an epoch of Redis. */
@Entity
@Table(schema = "scheduler", name = "telling")
public class ResyncRow extends PanacheEntityBase {

    @Id
    public int epoch;

    public String tenant;
    public String id;
    public boolean done;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ResyncRow() {}

    void toldUpTo(ScheduleRow last) {
        tenant = last.tenant;
        id = last.id;
    }
}
