package dev.millrace.testkit;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.JobFields;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What services of the release before call otherwise than those of this one, while both run: it writes named entries and can
 * read no others.
 */
public final class PreviousRelease {

    private static final StreamNames NAMES = StreamNames.DEFAULT;

    private final RedisLink link;
    private final String consumer;

    public PreviousRelease(RedisLink link, String consumer) {
        this.link = link;
        this.consumer = consumer;
    }

    /** Submits jobs, all of one band. */
    public List<String> submit(Instant asOf, List<Job> jobs) {
        Job first = jobs.getFirst();
        Lane band = Lane.of(first.queue(), first.band());
        FunctionCall call = new FunctionCall("mr_enqueue_1").key(NAMES.epoch()).key(NAMES.events());
        call.key(NAMES.delays()).key(NAMES.timers()).key(NAMES.timerJobs());
        call.key(NAMES.lane(band)).key(NAMES.lane(Lane.suspect(band.queue())));
        call.arg("SUBMIT")
                .arg(asOf.toEpochMilli())
                .arg(1)
                .arg(StreamNames.WORKERS)
                .arg(StreamNames.SCHEDULER);
        for (Job job : jobs) {
            List<String> fields = JobFields.named(job);
            call.key(NAMES.markerPrefix() + job.id());
            call.arg(1).arg(job.run()).arg(fields.size());
            fields.forEach(call::arg);
        }
        return Replies.each(call.on(link), reply -> reply);
    }

    /** Takes up to {@code n} entries of the normal band. */
    public List<Delivery> take(int n) {
        FunctionCall call =
                ours(function("mr_take_1").key(NAMES.paused(Jobs.QUEUE)).lane(NAMES, normal()));
        List<Delivery> taken = new ArrayList<>();
        call.arg(n).on(link).forEach(entry -> taken.add(delivery(entry.get(1), entry.get(2), 1)));
        return taken;
    }

    /** Says which of these may start, or what became of them. */
    public List<String> start(List<Delivery> held) {
        FunctionCall call = function("mr_start_2").key(NAMES.paused(Jobs.QUEUE));
        ours(call.lane(NAMES, normal())).arg(held.size());
        for (Delivery one : held) {
            call.arg(1).arg(one.entry().toString()).arg(one.token().delivery()).arg(1);
        }
        return Replies.each(call.on(link), reply -> reply);
    }

    /** Takes over up to {@code n} entries of the normal band. */
    public List<Delivery> reclaim(int n, Duration lease) {
        FunctionCall call = function("mr_reclaim_1").key(NAMES.paused(Jobs.QUEUE));
        call.key(NAMES.lane(Lane.suspect(Jobs.QUEUE))).lane(NAMES, normal());
        ours(call).arg(n).arg(lease.toMillis()).arg(NAMES.workerPrefix());
        List<Delivery> taken = new ArrayList<>();
        call.on(link)
                .forEach(entry -> taken.add(
                        delivery(entry.get(1), entry.get(2), entry.get(3).toInteger())));
        return taken;
    }

    private FunctionCall function(String name) {
        return new FunctionCall(name).key(NAMES.epoch()).key(NAMES.events());
    }

    private FunctionCall ours(FunctionCall call) {
        return call.arg(StreamNames.WORKERS).arg(consumer).arg(NAMES.markerPrefix());
    }

    private static Lane normal() {
        return Lane.of(Jobs.QUEUE, Band.NORMAL);
    }

    private static Delivery delivery(Response id, Response flat, int delivery) {
        Map<String, String> fields = Replies.fields(flat);
        if (!fields.containsKey("run")) {
            throw new IllegalStateException("The release before cannot read " + fields.keySet() + ".");
        }
        return EntryCodec.delivery(normal(), EntryId.parse(id.toString()), delivery, fields);
    }
}
