package dev.millrace.stream.jobs.calls;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.redis.FunctionCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes entries as arguments of the functions, in the order that each of them documents. */
final class Arguments {

    private Arguments() {}

    /** Lane, run, job, head, payload, and what it carries besides as a counted list of fields. */
    static void enqueue(FunctionCall call, int lane, Job job) {
        List<String> others = EntryCodec.others(job.spec());
        call.arg(lane).arg(job.run()).arg(job.id().toString());
        call.arg(EntryCodec.head(job)).arg(job.payload()).arg(others.size());
        others.forEach(call::arg);
    }

    /** Lane, entry, delivery, and the lane to which it would go back. */
    static void start(FunctionCall call, Lane lane, EntryId entry, int delivery, Lane target) {
        call.arg(call.number(lane)).arg(entry.toString()).arg(delivery).arg(call.number(target));
    }

    /** As above, of an entry that this worker holds. */
    static void start(FunctionCall call, Delivery entry) {
        start(call, entry.lane(), entry.entry(), entry.token().delivery(), backTo(entry));
    }

    /** Where a handback brings an entry: a suspect stays one, else it would kill its next neighbours too. */
    static Lane backTo(Delivery entry) {
        return entry.lane().isSuspect()
                ? entry.lane()
                : Lane.of(entry.job().queue(), entry.job().band());
    }

    /** The marker of a run that has ended, and the run. */
    static void ended(FunctionCall call, StreamNames names, EndedRun run) {
        call.key(names.markerPrefix() + run.job()).arg(run.epoch() + "." + run.run());
    }

    /** What it is about, how long ago it started, and its progress; empty where there is nothing to tell. */
    static void report(FunctionCall call, ProgressReport report) {
        identify(call, report.delivery());
        Duration startedAgo = report.startedAgo();
        call.arg(startedAgo == null ? "" : Long.toString(startedAgo.toMillis()));
        Progress progress = report.progress();
        if (progress == null) {
            call.arg("").arg("").arg("");
        } else {
            String message = progress.message();
            call.arg(progress.current()).arg(progress.total()).arg(message == null ? "" : message);
        }
    }

    /** What it is about, and the orders. */
    static void ordering(FunctionCall call, Ordering ordering) {
        identify(call, ordering.delivery());
        call.arg(ordering.orders());
    }

    /** What it is about, its end, how long it ran, and result, error and orders as a counted list of fields. */
    static void finish(FunctionCall call, Finish finish) {
        identify(call, finish.delivery());
        Duration ran = finish.ran();
        List<String> fields = outcome(finish.result(), finish.error());
        add(fields, "orders", finish.orders());
        call.arg(finish.state().name()).arg(ran == null ? "" : Long.toString(ran.toMillis()));
        call.arg(fields.size());
        fields.forEach(call::arg);
    }

    /** Where it is, why and until when it waits, its next attempt, how long it ran, and the error as for an end. */
    static void deferral(FunctionCall call, Deferral deferral) {
        Delivery delivery = deferral.delivery();
        call.arg(call.number(delivery.lane())).arg(delivery.entry().toString());
        call.arg(delivery.token().delivery()).arg(deferral.why().name());
        due(call, deferral.due());
        Duration ran = deferral.ran();
        List<String> fields = outcome(null, deferral.error());
        call.arg(deferral.nextAttempt()).arg(ran == null ? "" : Long.toString(ran.toMillis()));
        call.arg(fields.size());
        fields.forEach(call::arg);
    }

    private static void due(FunctionCall call, Due due) {
        switch (due) {
            case Due.After after -> call.arg("after").arg(EntryCodec.ceiling(Instant.EPOCH.plus(after.delay())));
            case Due.At at -> call.arg("at").arg(EntryCodec.ceiling(at.time()));
        }
    }

    /** Job, run, reason, number of its queue. */
    static void cancel(FunctionCall call, Cancel cancel, int queue) {
        call.arg(cancel.job().toString()).arg(cancel.run());
        call.arg(cancel.reason().name()).arg(queue);
    }

    private static List<String> outcome(@Nullable String result, @Nullable JobError error) {
        List<String> fields = new ArrayList<>(8);
        add(fields, "result", result);
        add(fields, "errorType", error == null ? null : error.type());
        add(fields, "errorMessage", error == null ? null : error.message());
        add(fields, "errorStack", error == null ? null : error.stackTrace());
        return fields;
    }

    private static void add(List<String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(name);
            fields.add(value);
        }
    }

    /** Lane, entry, delivery, job. */
    static void renewal(FunctionCall call, Delivery entry) {
        call.arg(call.number(entry.lane())).arg(entry.entry().toString());
        call.arg(entry.token().delivery()).arg(entry.job().id().toString());
    }

    /** Lane, entry, job, epoch, run, delivery, attempt. */
    private static void identify(FunctionCall call, Delivery delivery) {
        call.arg(call.number(delivery.lane())).arg(delivery.entry().toString());
        call.arg(delivery.job().id().toString()).arg(delivery.token().epoch());
        call.arg(delivery.token().run()).arg(delivery.token().delivery());
        call.arg(delivery.job().attempt());
    }
}
