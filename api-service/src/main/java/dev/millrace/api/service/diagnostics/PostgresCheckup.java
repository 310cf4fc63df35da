package dev.millrace.api.service.diagnostics;

import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.postgres.Db;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Whether PostgreSQL answers, and has room for what is asked of it. */
record PostgresCheckup(Db db, LongSupplier nanos) implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @Override
    public String name() {
        return PostgresFindings.NAME;
    }

    @Override
    public List<Finding> look() {
        long began = nanos.getAsLong();
        try {
            return db.session(
                    LIMIT,
                    tx -> tx.first(
                                    row -> PostgresFindings.of(row, Duration.ofNanos(nanos.getAsLong() - began)),
                                    PostgresFindings.ASK)
                            .orElseThrow()
                            .all());
        } catch (DatabaseUnavailable away) {
            return List.of(
                    Finding.bad(
                            name(),
                            "PostgreSQL cannot be asked.",
                            "Look whether it is up, whether DATABASE_URL leads there, and into its log. Submits are answered with 503 meanwhile; workers go on."));
        }
    }
}
