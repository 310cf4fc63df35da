package dev.millrace.stream.jobs;

import java.time.Instant;

/** The clock of the Redis server, by which leases, delays and the age of what was read are measured. */
public interface ServerClock {

    /** Redis's clock. Works also while Redis is cold. */
    Instant time();
}
