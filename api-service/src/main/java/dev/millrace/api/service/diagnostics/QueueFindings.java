package dev.millrace.api.service.diagnostics;

import dev.millrace.api.catalog.queues.QueueDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is made of what lies in queues.
 *
 * @param queues all of them
 * @param ofTasks the queues that tasks name as theirs, each with the tasks
 * @param ofSchedules the queues that schedules name, each with their number
 */
record QueueFindings(List<QueueDocument> queues, Map<String, Set<String>> ofTasks, Map<String, Long> ofSchedules) {

    static final String NAME = "queues";

    private static final long MANY = 1_000;
    private static final int MOST_TOLD = 20;

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        Set<String> served = new TreeSet<>();
        for (QueueDocument queue : queues) {
            if (queue.consumers() > 0) {
                served.add(queue.name());
            }
            add(queue, findings);
        }
        addUnserved(served, findings);
        return findings.isEmpty()
                ? List.of(Finding.ok(NAME, "All %d are served, and none is long.".formatted(queues.size())))
                : shortened(findings);
    }

    /** What is bad comes first; of very many not all is told. */
    private static List<Finding> shortened(List<Finding> findings) {
        findings.sort(Comparator.comparing(Finding::level).reversed());
        if (findings.size() <= MOST_TOLD) {
            return findings;
        }
        List<Finding> told = new ArrayList<>(findings.subList(0, MOST_TOLD));
        told.add(Finding.note(
                NAME,
                (findings.size() - MOST_TOLD) + " more things are to be said of queues.",
                "Look at GET /api/v1/queues."));
        return told;
    }

    private static void add(QueueDocument queue, List<Finding> findings) {
        Long lying = queue.ready();
        long ready = lying == null ? 0 : lying;
        if (ready > 0 && queue.paused()) {
            findings.add(Finding.note(
                    NAME,
                    "The queue '%s' is paused, and %d jobs wait in it.".formatted(queue.name(), ready),
                    "Resume it when what it was paused for is over."));
        } else if (ready > 0 && queue.consumers() == 0) {
            findings.add(Finding.bad(
                    NAME,
                    "%d jobs wait in the queue '%s', which no worker serves.".formatted(ready, queue.name()),
                    serve(queue.name())));
        } else if (ready > MANY) {
            findings.add(Finding.bad(
                    NAME,
                    "%d jobs wait in the queue '%s'.".formatted(ready, queue.name()),
                    "Start more workers or give them more slots, and look for slow tasks and retries."));
        }
    }

    private void addUnserved(Set<String> served, List<Finding> findings) {
        new TreeMap<>(ofTasks).forEach((queue, tasks) -> {
            if (!served.contains(queue)) {
                findings.add(Finding.note(
                        NAME,
                        "Jobs of %s go to the queue '%s', which no worker serves.".formatted(named(tasks), queue),
                        serve(queue)));
            }
        });
        new TreeMap<>(ofSchedules).forEach((queue, schedules) -> {
            if (!served.contains(queue)) {
                findings.add(Finding.bad(
                        NAME,
                        "Jobs of %d schedules go to the queue '%s', which no worker serves."
                                .formatted(schedules, queue),
                        serve(queue)));
            }
        });
    }

    private static String named(Set<String> tasks) {
        String first = "the task '" + tasks.iterator().next() + "'";
        return tasks.size() == 1 ? first : first + " and " + (tasks.size() - 1) + " others";
    }

    private static String serve(String queue) {
        return "Start a worker that serves it, name it in MILLRACE_WORKER_SERVE of one, or tell one to serve it: PUT /api/v1/workers/<id>/queues/"
                + queue + ".";
    }
}
