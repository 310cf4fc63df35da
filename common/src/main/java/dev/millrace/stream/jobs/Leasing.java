package dev.millrace.stream.jobs;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps entries while their worker lives, and takes over those of workers that are gone. */
public interface Leasing {

    /** What a renewal found: entries that are no longer ours, and entries whose job is to be cancelled. */
    record Renewal(Set<EntryKey> lost, Set<EntryKey> flagged) {

        /** Returns what both found. */
        public Renewal and(Renewal other) {
            return new Renewal(union(lost, other.lost), union(flagged, other.flagged));
        }

        private static Set<EntryKey> union(Set<EntryKey> some, Set<EntryKey> others) {
            Set<EntryKey> all = new HashSet<>(some);
            all.addAll(others);
            return all;
        }
    }

    /** Renews the lease of this worker and of these entries, however many. */
    Renewal renew(Duration lease, List<Delivery> entries);

    /**
     * Takes over up to {@code n} entries of a queue whose worker is gone for a lease, or which nobody renewed for two.
     * They may start as if {@link Taking#take} had just given them. Those whose workers died twice go to the suspect lane instead; one that dies alone
     * there is quarantined.
     */
    List<Delivery> reclaim(QueueName queue, int n, Duration lease);

    /** Removes a consumer of a lane's group if nothing is pending for it; false while something is. */
    boolean forget(Lane lane, String consumer);

    /** Removes consumers of a queue's lanes whose worker is gone and for which nothing is pending. */
    void forgetGone(QueueName queue);

    /** Says that this worker is gone, so that what is still pending for it is taken over, and removes it where it may. */
    void leave(List<QueueName> queues);

    /**
     * Admits entries that are pending for this consumer, idle for so long and not among the known: the reply that brought
     * them was lost.
     */
    List<Delivery> strays(QueueName queue, Set<EntryKey> known, Duration idle);
}
