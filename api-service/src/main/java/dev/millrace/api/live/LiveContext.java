package dev.millrace.api.live;

import dev.millrace.api.record.query.JobQueries;

/** What the streams of one instance share. */
record LiveContext(
        LiveEvents live,
        History history,
        CommittedEnds ends,
        Feed feed,
        JobQueries queries,
        Frames frames,
        LiveSettings settings,
        LiveMeters meters) {}
