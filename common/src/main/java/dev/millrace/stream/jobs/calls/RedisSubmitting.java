package dev.millrace.stream.jobs.calls;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.ServerClock;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** {@link Submitting} by functions. */
final class RedisSubmitting implements Submitting {

    /** How Redis refuses, before it does anything, what might need room that it has not. */
    private static final String OUT_OF_MEMORY = "OOM";

    private final Caller caller;
    private final ServerClock clock;
    private final LaneReader lanes;

    RedisSubmitting(Caller caller, ServerClock clock, LaneReader lanes) {
        this.caller = caller;
        this.clock = clock;
        this.lanes = lanes;
    }

    @Override
    public Instant time() {
        return clock.time();
    }

    @Override
    public long live(QueueName queue, Band band) {
        return lanes.length(Lane.of(queue, band)).orElse(Long.MAX_VALUE);
    }

    @Override
    public List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs) {
        Batch.check(jobs);
        try {
            return admissions(jobs, enqueueCall(mode, asOf, jobs).on(caller.link()));
        } catch (StreamsUnavailable.Refused refused) {
            if (!refused.code().equals(OUT_OF_MEMORY)) {
                throw refused;
            }
            return Collections.nCopies(jobs.size(), Admission.FULL);
        }
    }

    private static List<Admission> admissions(List<Job> jobs, Response replies) {
        if (replies.size() == 1 && replies.get(0).toString().equals("LATE")) {
            return Collections.nCopies(jobs.size(), Admission.LATE);
        }
        return Replies.each(replies, reply -> reply.equals("DUP") ? Admission.DUPLICATE : Admission.valueOf(reply));
    }

    private FunctionCall enqueueCall(Mode mode, Instant asOf, List<Job> jobs) {
        FunctionCall call = caller.function("mr_enqueue_2").key(caller.names().events());
        call.key(caller.names().delays())
                .key(caller.names().timers())
                .key(caller.names().timerJobs());
        List<Lane> lanes = jobs.stream().map(RedisSubmitting::bandOf).distinct().toList();
        for (Lane lane : lanes) {
            call.key(caller.names().lane(lane)).key(caller.names().lane(Lane.suspect(lane.queue())));
        }
        call.arg(mode.name()).arg(asOf.toEpochMilli()).arg(lanes.size());
        call.arg(StreamNames.WORKERS)
                .arg(StreamNames.SCHEDULER)
                .arg(caller.names().markerPrefix());
        for (Job job : jobs) {
            call.key(caller.names().markerPrefix() + job.id());
            Arguments.enqueue(call, lanes.indexOf(bandOf(job)) + 1, job);
        }
        return call;
    }

    private static Lane bandOf(Job job) {
        return Lane.of(job.queue(), job.band());
    }
}
