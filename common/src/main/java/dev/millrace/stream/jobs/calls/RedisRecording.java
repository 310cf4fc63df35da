package dev.millrace.stream.jobs.calls;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Recording;
import dev.millrace.stream.redis.FunctionCall;
import java.util.List;

/** {@link Recording} by functions. */
final class RedisRecording implements Recording {

    private final Caller caller;

    RedisRecording(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void projected(List<EntryId> events, List<EndedRun> ended) {
        FunctionCall call = caller.function("mr_projected_1").key(caller.names().events());
        call.arg(StreamNames.PROJECTION).arg(events.size());
        events.forEach(event -> call.arg(event.toString()));
        for (EndedRun run : ended) {
            Arguments.ended(call, caller.names(), run);
        }
        call.on(caller.link());
    }
}
