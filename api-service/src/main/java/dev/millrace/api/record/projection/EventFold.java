package dev.millrace.api.record.projection;

import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds the events of jobs, cut at their ends. Of a job that was requeued, a batch may contain an old end once more, and behind
 * it what became of the next run: folded together, the old end would swallow that. A part holds one end and what lies before
 * it, the last part what lies behind all ends; ends keep the order in which they came, so that the first one stays.
 */
final class EventFold {

    /** Any state: no column takes it, since a status at position zero moves no row. */
    private static final JobStatus NOTHING = JobStatus.created(JobState.QUEUED);

    private EventFold() {}

    /** To be written one after the other; each in the order of its ids, in which rows are locked by everybody. */
    static List<SequencedMap<JobId, JobStatus>> of(Map<JobId, List<JobEvent>> events) {
        List<SequencedMap<JobId, JobStatus>> parts = new ArrayList<>();
        events.forEach((job, own) -> {
            List<JobStatus> statuses = of(own);
            for (int i = 0; i < statuses.size(); i++) {
                if (i == parts.size()) {
                    parts.add(new TreeMap<>());
                }
                parts.get(i).put(job, statuses.get(i));
            }
        });
        return parts;
    }

    private static List<JobStatus> of(List<JobEvent> events) {
        NavigableSet<Position> ends = new TreeSet<>();
        SequencedMap<Optional<Position>, JobStatus> parts = new LinkedHashMap<>();
        events.stream().filter(Ended.class::isInstance).map(JobEvent::position).forEach(end -> {
            ends.add(end);
            parts.put(Optional.of(end), NOTHING);
        });
        for (JobEvent event : events) {
            Optional<Position> nextEnd = Optional.ofNullable(ends.ceiling(event.position()));
            parts.put(nextEnd, parts.getOrDefault(nextEnd, NOTHING).after(event));
        }
        return List.copyOf(parts.values());
    }
}
