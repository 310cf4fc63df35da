package dev.millrace.stream.jobs;

import dev.millrace.stream.jobs.Recording.EndedRun;
import java.time.Duration;
import java.util.List;

/** Which life of Redis this is: its clock and the epoch with which it was opened. */
public interface RedisEpoch extends ServerClock {

    /** How long Redis has been up. Works also while it is cold. */
    Duration uptime();

    /** The epoch that this Redis was blessed with. */
    int epoch();

    /** Opens Redis for the other calls, after a reconcile has raised the epoch in PostgreSQL. */
    void bless(int epoch);

    /** Makes known, before {@link RedisEpoch#bless}, which runs have ended lately, so that they are not enqueued again. */
    void markEnded(List<EndedRun> runs);
}
