package dev.millrace.scheduler.schedules;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What was answered to a command. */
@Entity
@Table(schema = "scheduler", name = "command")
public class CommandRow extends PanacheEntityBase {

    @Id
    public UUID id;

    public String answer;
    public Instant at;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected CommandRow() {}

    CommandRow(UUID id, String answer, Instant at) {
        this.id = id;
        this.answer = answer;
        this.at = at;
    }
}
