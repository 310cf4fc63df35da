package dev.millrace.schedule;

import java.time.Instant;

/** What became of a tick, told by the api after its commit. The same tick always has the same answer. */
public record FireAnswer(ScheduleKey key, long generation, Instant at, FireReport.Outcome outcome)
        implements SchedulerMessage {}
