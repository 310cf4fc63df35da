package dev.millrace.scheduler.db;

import java.time.Instant;

/** The clock that decides what is due: one for all schedulers, wherever they run. */
@FunctionalInterface
public interface DatabaseClock {

    /** PostgreSQL's own, in whole milliseconds, cut. Two readings in one transaction differ. */
    DatabaseClock OF_POSTGRES = tx -> Instant.ofEpochMilli(
            tx.one(Long.class, "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)"));

    Instant now(Tx tx);
}
