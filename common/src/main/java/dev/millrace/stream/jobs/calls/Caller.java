package dev.millrace.stream.jobs.calls;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.RedisLink;

/** Who calls the functions: a consumer, on one shard, over one connection. */
record Caller(RedisLink link, StreamNames names, String consumer) {

    /** Begins a call that is refused while Redis is cold. */
    FunctionCall function(String name) {
        return new FunctionCall(name).key(names.epoch());
    }

    /** Adds by whom entries are held: group, consumer, and what the names of markers begin with. */
    FunctionCall ours(FunctionCall call) {
        return call.arg(StreamNames.WORKERS).arg(consumer).arg(names.markerPrefix());
    }
}
