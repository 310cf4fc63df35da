package dev.millrace.api.live;

import dev.millrace.api.live.events.CommittedEnds;
import dev.millrace.api.live.events.History;
import dev.millrace.api.live.events.LiveEvents;
import dev.millrace.api.live.sse.Frames;
import dev.millrace.api.live.sse.LiveMeters;
import dev.millrace.api.record.query.JobQueries;
import java.time.Duration;

/** What the streams of one instance share. */
record LiveContext(
        LiveEvents live,
        History history,
        CommittedEnds ends,
        Feed feed,
        JobQueries queries,
        Frames frames,
        LiveSettings settings,
        LiveMeters meters) {

    /** How long a client waits for the reader of events to begin again; longer it does only while Redis is away. */
    static final Duration WAKING = Duration.ofSeconds(1);
}
