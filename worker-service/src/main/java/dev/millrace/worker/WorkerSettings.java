package dev.millrace.worker;

import dev.millrace.job.QueueName;
import dev.millrace.worker.drain.DrainSettings;
import dev.millrace.worker.drain.RecycleSettings;
import dev.millrace.worker.fleet.FleetSettings;
import dev.millrace.worker.lease.LeaseSettings;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.take.Serving;
import java.util.List;
import java.util.function.Function;

/**
 * What is configured of a worker; each part has checked itself.
 *
 * @param servings the queues it serves
 * @param other how it serves a queue that it is told to serve besides
 */
public record WorkerSettings(
        List<Serving> servings,
        Function<QueueName, Serving> other,
        LeaseSettings lease,
        DrainSettings drain,
        RecycleSettings recycle,
        WorkerPolicies policies,
        FleetSettings fleet) {

    public WorkerSettings {
        servings = List.copyOf(servings);
    }
}
