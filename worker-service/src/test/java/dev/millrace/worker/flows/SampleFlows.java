package dev.millrace.worker.flows;

import static dev.millrace.flow.Flows.chain;
import static dev.millrace.flow.Flows.task;

import dev.millrace.flow.Flow;
import dev.millrace.flow.Workflow;

/** Workflows that the application of the tests declares; a bean without a scope. */
class SampleFlows {

    @Workflow(name = "sample.flow", description = "Counts twice.")
    Flow twice() {
        return Flow.of(chain(task("one", "sample.count"), task("two", "sample.count")));
    }
}
