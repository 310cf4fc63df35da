package dev.millrace.api.live.events;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The latest events without a gap, bounded by number and bytes, found by place and by job. Not safe for threads. */
public final class RecentEvents {

    private final int maxEvents;
    private final long maxBytes;
    private final NavigableMap<EntryId, LiveEvent> events = new TreeMap<>();
    private final Map<JobId, Deque<LiveEvent>> byJob = new HashMap<>();
    private EntryId floor = EntryId.ZERO;
    private long bytes;

    public RecentEvents(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Forgets everything; what is added from now on lies behind this place. */
    void beginBehind(EntryId place) {
        events.clear();
        byJob.clear();
        bytes = 0;
        floor = place;
    }

    void add(LiveEvent event) {
        events.put(event.id(), event);
        byJob.computeIfAbsent(event.job(), job -> new ArrayDeque<>()).add(event);
        bytes += event.bytes();
        while (events.size() > maxEvents || bytes > maxBytes) {
            evict();
        }
    }

    /** Whether every event behind this place is here. */
    boolean covers(EntryId after) {
        return after.compareTo(floor) >= 0;
    }

    List<LiveEvent> after(EntryId after, int max) {
        return events.tailMap(after, false).values().stream().limit(max).toList();
    }

    List<LiveEvent> ofJob(JobId job) {
        return List.copyOf(byJob.getOrDefault(job, new ArrayDeque<>()));
    }

    private void evict() {
        LiveEvent oldest = events.pollFirstEntry().getValue();
        bytes -= oldest.bytes();
        floor = oldest.id();
        byJob.computeIfPresent(oldest.job(), (job, own) -> {
            own.removeFirst();
            return own.isEmpty() ? null : own;
        });
    }
}
