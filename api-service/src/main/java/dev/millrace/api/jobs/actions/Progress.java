package dev.millrace.api.jobs.actions;

import dev.millrace.api.record.members.FoundJob;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page of an action has come to.
 *
 * @param named how many of the named jobs it was about
 * @param statesLeft of a filter: what is still to be gone through behind it
 * @param place in the first of these; null at its beginning
 * @param last whether nothing is left
 */
record Progress(
        int named,
        List<JobState> statesLeft,
        @Nullable PageCursor place,
        long done,
        long skipped,
        List<Failure> failures,
        boolean last) {

    /**
     * Of jobs that were found by a filter.
     *
     * @param next where the next page of the same state begins; null if there is none
     * @param found those of them that are there
     */
    static Progress ofFilter(Action action, List<JobId> jobs, @Nullable PageCursor next, Map<JobId, FoundJob> found) {
        long done = found.values().stream().filter(action.kind()::fits).count();
        List<JobState> left = action.statesLeft();
        List<JobState> behind = next == null ? left.subList(1, left.size()) : left;
        return new Progress(0, behind, next, done, jobs.size() - done, List.of(), behind.isEmpty());
    }

    /**
     * Of jobs that were named.
     *
     * @param last whether they are fewer than a page has
     */
    static Progress ofNamed(Action action, Map<JobId, FoundJob> found, boolean last) {
        List<Failure> failures = new ArrayList<>();
        for (JobId job : action.idsLeft()) {
            FoundJob one = found.get(job);
            if (one == null) {
                failures.add(new Failure(job.toString(), "There is no such job."));
            } else if (!action.kind().fits(one.state())) {
                failures.add(new Failure(job.toString(), "The job is " + one.state() + "."));
            } else if (one.kept()) {
                failures.add(
                        new Failure(job.toString(), "The job is a member of a workflow, which keeps it as it is."));
            }
        }
        int named = action.idsLeft().size();
        return new Progress(named, List.of(), null, named - failures.size(), 0, failures, last);
    }
}
