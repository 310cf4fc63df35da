package dev.millrace.api.live.events;

import dev.millrace.job.JobId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The jobs whose ends this instance has committed last, 4,096 at most. For one thread at a time. */
final class RecentCommits {

    private static final int MOST = 4_096;

    private final Set<JobId> jobs = new HashSet<>();
    private final Deque<JobId> inOrder = new ArrayDeque<>();

    void addAll(Collection<JobId> ended) {
        for (JobId job : ended) {
            if (jobs.add(job)) {
                inOrder.add(job);
            }
        }
        while (inOrder.size() > MOST) {
            jobs.remove(inOrder.remove());
        }
    }

    boolean contains(JobId job) {
        return jobs.contains(job);
    }
}
