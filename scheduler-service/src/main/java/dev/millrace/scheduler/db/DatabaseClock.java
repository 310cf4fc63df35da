package dev.millrace.scheduler.db;

import dev.millrace.postgres.Tx;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** The clock that decides what is due: one for all schedulers, wherever they run. */
public interface DatabaseClock {

    /** PostgreSQL's own, in whole milliseconds, cut. Two readings in one transaction differ. */
    DatabaseClock OF_POSTGRES = new DatabaseClock() {

        private static final String NOW = "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)";

        @Override
        public Instant now(Tx tx) {
            return Instant.ofEpochMilli(tx.number(NOW));
        }

        @Override
        public Uni<Instant> now() {
            return Panache.getSession()
                    .chain(session -> session.createNativeQuery(NOW, Long.class).getSingleResult())
                    .map(Instant::ofEpochMilli);
        }
    };

    /** Reads it in a transaction of plain statements. */
    Instant now(Tx tx);

    /** Reads it in a unit of work of {@link Entities}. */
    Uni<Instant> now();
}
