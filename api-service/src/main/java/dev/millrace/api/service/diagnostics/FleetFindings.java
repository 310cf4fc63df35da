package dev.millrace.api.service.diagnostics;

import dev.millrace.api.catalog.workers.SeenWorker;
import dev.millrace.api.catalog.workers.SeenWorker.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is made of who is there.
 *
 * @param workers that live
 * @param schedulers how many live
 */
record FleetFindings(List<SeenWorker> workers, int schedulers) {

    static final String NAME = "workers";

    private static final String SCHEDULERS = "schedulers";

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>(ofWorkers());
        findings.add(
                schedulers > 0
                        ? Finding.ok(SCHEDULERS, "There are " + schedulers + ".")
                        : Finding.bad(
                                SCHEDULERS,
                                "No scheduler is there: nothing that waits for a time will run, neither delays and retries nor schedules.",
                                "Start a scheduler-service; if one runs, look whether its REDIS_URL is that of the api, and into its log."));
        return findings;
    }

    private List<Finding> ofWorkers() {
        if (workers.isEmpty()) {
            return List.of(
                    Finding.bad(
                            NAME,
                            "No worker is there.",
                            "Start a worker-service; if one runs, look whether its REDIS_URL is that of the api, and into its log."));
        }
        List<SeenWorker> taking =
                workers.stream().filter(one -> one.state() == State.RUNNING).toList();
        if (taking.isEmpty()) {
            return List.of(Finding.bad(
                    NAME, "All workers drain, and take no more jobs.", "Tell them to resume, or start another one."));
        }
        List<Finding> findings = new ArrayList<>();
        addSlotless(taking, findings);
        addBusy(taking, findings);
        addLeaks(findings);
        addVersions(findings);
        return findings.isEmpty()
                ? List.of(Finding.ok(NAME, "%d live, of which %d take jobs.".formatted(workers.size(), taking.size())))
                : findings;
    }

    private static void addSlotless(List<SeenWorker> taking, List<Finding> findings) {
        long slotless = taking.stream().filter(one -> one.slots() == 0).count();
        String advice =
                "Tell them to serve one, PUT /api/v1/workers/<id>/queues/<queue>, or look at their MILLRACE_WORKER_SERVE.";
        if (slotless == taking.size()) {
            findings.add(Finding.bad(
                    NAME,
                    "None of %d workers that take jobs has a slot: they serve no queue.".formatted(slotless),
                    advice));
        } else if (slotless > 0) {
            findings.add(Finding.note(
                    NAME,
                    "%d of %d workers that take jobs have no slot: they serve no queue."
                            .formatted(slotless, taking.size()),
                    advice));
        }
    }

    private static void addBusy(List<SeenWorker> taking, List<Finding> findings) {
        int slots = taking.stream().mapToInt(SeenWorker::slots).sum();
        int running = taking.stream().mapToInt(SeenWorker::running).sum();
        if (slots > 0 && running >= slots) {
            findings.add(Finding.note(
                    NAME,
                    "All %d slots of all workers are busy.".formatted(slots),
                    "If queues grow, start more workers or give them more slots; look for tasks that hang."));
        }
    }

    private void addLeaks(List<Finding> findings) {
        long leaked = workers.stream()
                .map(SeenWorker::leakedSlots)
                .filter(Objects::nonNull)
                .mapToLong(Integer::longValue)
                .sum();
        if (leaked > 0) {
            findings.add(Finding.note(
                    NAME,
                    leaked + " slots are held by tasks that go on though their time is over.",
                    "Find the tasks in the workers' logs: they do not heed interrupts."));
        }
    }

    private void addVersions(List<Finding> findings) {
        TreeSet<String> versions = workers.stream()
                .map(SeenWorker::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (versions.size() > 1) {
            findings.add(Finding.note(
                    NAME,
                    "Workers are of several versions: " + String.join(", ", versions) + ".",
                    "While an upgrade goes on this is as it should be; afterwards, look which were left out."));
        }
    }
}
