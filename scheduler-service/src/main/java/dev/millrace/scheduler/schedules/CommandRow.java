package dev.millrace.scheduler.schedules;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What was answered to a command, by the command's id. */
@Entity
@Table(schema = "scheduler", name = "command")
public class CommandRow extends PanacheEntityBase {

    @Id
    private UUID id = new UUID(0, 0);

    private String answer = "";

    @SuppressWarnings("UnusedVariable") // Written here, read by the statement that deletes old rows.
    private Instant at = Instant.EPOCH;

    /** For Hibernate. */
    protected CommandRow() {}

    CommandRow(UUID id, String answer, Instant at) {
        this.id = id;
        this.answer = answer;
        this.at = at;
    }

    static Uni<Optional<CommandRow>> of(UUID id) {
        return CommandRow.<CommandRow>findById(id).map(Optional::ofNullable);
    }

    String answer() {
        return answer;
    }
}
