package dev.millrace.proving.chaos.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers each end that a client could have seen, and notices when a job shows another one later. Safe for use by several
 * threads.
 */
public final class EndWatch {

    private final Map<String, JobTable.End> seen = new HashMap<>();
    private final List<String> changed = new ArrayList<>();

    /** Ends that are visible now. */
    public synchronized void look(List<JobTable.End> ends) {
        for (JobTable.End end : ends) {
            JobTable.End before = seen.putIfAbsent(end.job(), end);
            if (before != null && !before.equals(end)) {
                changed.add("%s ended %s at %d, and later %s at %d"
                        .formatted(end.job(), before.state(), before.finishedAt(), end.state(), end.finishedAt()));
            }
        }
    }

    /** Jobs whose visible end changed, each with both ends. */
    public synchronized List<String> changed() {
        return List.copyOf(changed);
    }
}
