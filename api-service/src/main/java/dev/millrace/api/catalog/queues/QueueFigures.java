package dev.millrace.api.catalog.queues;

import dev.millrace.api.catalog.queues.QueueRows.Recorded;
import dev.millrace.job.EntryId;
import dev.millrace.stream.groups.Backlogs.Backlog;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How many jobs a queue has, those of all tenants together.
 *
 * @param ready that no worker was given yet, be they in Redis or parked in PostgreSQL
 * @param running that workers have in hand, running or waiting for a slot
 * @param dueSoon that wait for a time, and for a minute of it at most
 * @param oldest of those that are ready in Redis; its time says since when
 */
record QueueFigures(long ready, long running, long dueSoon, Optional<EntryId> oldest) {

    /**
     * Adds up what both know. Where jobs are parked, more are queued by the record than there are in Redis; otherwise what it has
     * beyond them is on its way, or its end is not recorded yet.
     */
    static QueueFigures of(Collection<Backlog> lanes, Recorded recorded) {
        long ready = lanes.stream().mapToLong(Backlog::ready).sum();
        long held = lanes.stream().mapToLong(Backlog::held).sum();
        long parked = recorded.parked() ? Math.max(0, recorded.queued() - ready - held) : 0;
        Optional<EntryId> oldest =
                lanes.stream().flatMap(lane -> lane.oldest().stream()).min(Comparator.naturalOrder());
        return new QueueFigures(ready + parked, held, recorded.dueSoon(), oldest);
    }

    /** All that a slot is to be found for now. */
    long outstanding() {
        return ready + running;
    }
}
