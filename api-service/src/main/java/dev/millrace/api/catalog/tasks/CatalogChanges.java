package dev.millrace.api.catalog.tasks;

import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Left;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a batch of events comes to, each row once and in order, as an upsert needs it.
 *
 * @param workers the last entry of each worker, and whether it left
 * @param offers the last offer of each task, which wins over earlier ones of other workers
 * @param offered which worker offers which task
 * @param queues what workers serve and tasks name
 */
record CatalogChanges(
        Map<String, LastEntry> workers,
        Map<TaskName, Offer> offers,
        Map<TaskName, Set<String>> offered,
        Set<QueueName> queues) {

    record LastEntry(EntryId at, boolean gone) {

        LastEntry and(LastEntry other) {
            return new LastEntry(later(at, other.at), gone || other.gone);
        }

        private static EntryId later(EntryId one, EntryId other) {
            return one.compareTo(other) >= 0 ? one : other;
        }
    }

    record Offer(EntryId at, TaskOffered task) {

        Offer orLater(Offer other) {
            return other.at.compareTo(at) > 0 ? other : this;
        }
    }

    static CatalogChanges of(Collection<FleetEntry> entries) {
        CatalogChanges changes = new CatalogChanges(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        entries.forEach(changes::add);
        return changes;
    }

    List<Offer> sortedOffers() {
        return List.copyOf(offers.values());
    }

    private void add(FleetEntry entry) {
        workers.merge(entry.event().worker(), new LastEntry(entry.at(), entry.event() instanceof Left), LastEntry::and);
        if (entry.event() instanceof TaskOffered task) {
            offers.merge(task.task(), new Offer(entry.at(), task), Offer::orLater);
            offered.computeIfAbsent(task.task(), name -> new TreeSet<>()).add(task.worker());
            queues.add(task.queue());
        }
        if (entry.event() instanceof Joined joined) {
            queues.addAll(joined.queues().keySet());
        }
    }
}
