package dev.millrace.api.catalog.workers;

import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.job.EntryId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a batch of events tells of workers: of each the latest, as an update needs it.
 *
 * @param joined by worker
 * @param beats by worker
 */
record WorkerNews(Map<String, Joined> joined, Map<String, LatestBeat> beats) {

    /** A beat and its place on the stream. */
    record LatestBeat(EntryId at, Beat beat) {

        LatestBeat orLater(LatestBeat other) {
            return other.at.compareTo(at) > 0 ? other : this;
        }
    }

    static WorkerNews of(Collection<FleetEntry> entries) {
        WorkerNews news = new WorkerNews(new TreeMap<>(), new TreeMap<>());
        entries.forEach(news::add);
        return news;
    }

    boolean isEmpty() {
        return joined.isEmpty() && beats.isEmpty();
    }

    private void add(FleetEntry entry) {
        if (entry.event() instanceof Joined one) {
            joined.put(one.worker(), one);
        }
        if (entry.event() instanceof Beat beat) {
            beats.merge(beat.worker(), new LatestBeat(entry.at(), beat), LatestBeat::orLater);
        }
    }
}
