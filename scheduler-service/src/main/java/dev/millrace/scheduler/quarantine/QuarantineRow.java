package dev.millrace.scheduler.quarantine;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** An entry that could not be read. */
@Entity
@Table(schema = "scheduler", name = "quarantine")
@IdClass(QuarantineRow.Key.class)
public class QuarantineRow extends PanacheEntityBase {

    @Id
    public String stream;

    @Id
    public String entry;

    public String reason;
    public byte[] bytes;
    public Instant at;

    /** Its key, as Hibernate wants it. */
    public record Key(String stream, String entry) {}

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected QuarantineRow() {}

    QuarantineRow(Key key, String reason, byte[] bytes, Instant at) {
        this.stream = key.stream();
        this.entry = key.entry();
        this.reason = reason;
        this.bytes = bytes;
        this.at = at;
    }
}
