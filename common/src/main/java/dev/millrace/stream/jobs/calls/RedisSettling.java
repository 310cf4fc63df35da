package dev.millrace.stream.jobs.calls;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Replies;
import java.util.List;
import java.util.Set;

/** {@link Settling} by functions. */
final class RedisSettling implements Settling {

    private final Caller caller;

    RedisSettling(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Set<EntryKey> report(List<ProgressReport> reports) {
        Batch.check(reports);
        FunctionCall call = caller.function("mr_note_1").key(caller.names().events());
        reports.forEach(report -> call.lane(caller.names(), report.delivery().lane()));
        call.arg(StreamNames.WORKERS).arg(caller.consumer());
        reports.forEach(report -> Arguments.report(call, report));
        return Entries.keys(
                call.on(caller.link()),
                reports.stream().map(ProgressReport::delivery).toList());
    }

    @Override
    public Set<EntryKey> order(List<Ordering> orderings) {
        Batch.check(orderings);
        FunctionCall call = caller.function("mr_order_1").key(caller.names().events());
        orderings.forEach(
                ordering -> call.lane(caller.names(), ordering.delivery().lane()));
        call.arg(StreamNames.WORKERS).arg(caller.consumer());
        orderings.forEach(ordering -> Arguments.ordering(call, ordering));
        return Entries.keys(
                call.on(caller.link()),
                orderings.stream().map(Ordering::delivery).toList());
    }

    @Override
    public List<Settled> finish(List<Finish> finishes) {
        Batch.check(finishes);
        FunctionCall call = caller.function("mr_finish_1").key(caller.names().events());
        finishes.forEach(finish -> call.lane(caller.names(), finish.delivery().lane()));
        caller.ours(call).arg(finishes.size());
        finishes.forEach(finish -> Arguments.finish(call, finish));
        return Replies.each(call.on(caller.link()), Settled::valueOf);
    }

    @Override
    public List<Settled> handback(List<Delivery> entries) {
        Batch.check(entries);
        FunctionCall call = caller.function("mr_handback_1").key(caller.names().events());
        for (Delivery entry : entries) {
            call.lane(caller.names(), entry.lane()).lane(caller.names(), Arguments.backTo(entry));
        }
        caller.ours(call);
        entries.forEach(one -> Arguments.start(call, one));
        return Replies.each(call.on(caller.link()), Settled::valueOf);
    }

    @Override
    public List<Settled> defer(List<Deferral> deferrals) {
        Batch.check(deferrals);
        FunctionCall call = caller.function("mr_defer_1")
                .key(caller.names().events())
                .key(caller.names().delays());
        deferrals.forEach(
                deferral -> call.lane(caller.names(), deferral.delivery().lane()));
        caller.ours(call).arg(deferrals.size());
        deferrals.forEach(deferral -> Arguments.deferral(call, deferral));
        return Replies.each(call.on(caller.link()), Settled::valueOf);
    }
}
