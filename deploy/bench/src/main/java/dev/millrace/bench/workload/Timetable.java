package dev.millrace.bench.workload;

import dev.millrace.bench.submit.Submitter;

/** Schedules of the bench's own, made and removed by many clients, each of them one call. */
final class Timetable {

    private final Submitter submitter;
    private final int clients;

    Timetable(Submitter submitter, int clients) {
        this.submitter = submitter;
        this.clients = clients;
    }

    /** Makes so many that are due in an hour, counted from their making. */
    void hourly(long schedules) {
        make("bench-hourly-", "PT1H", schedules);
    }

    /** Makes so many that fire from now on. */
    void everySecond(long schedules) {
        make("bench-second-", "PT1S", schedules);
    }

    void removeHourly(long schedules) {
        remove("bench-hourly-", schedules);
    }

    void removeEverySecond(long schedules) {
        remove("bench-second-", schedules);
    }

    private void make(String prefix, String every, long schedules) {
        submitter.makeEach("/api/v1/schedules", schedules, number -> body(prefix + number, every), clients);
    }

    private void remove(String prefix, long schedules) {
        submitter.removeEach(number -> "/api/v1/schedules/" + prefix + number, schedules, clients);
    }

    private static String body(String id, String every) {
        return """
                {"id": "%s", "trigger": {"interval": {"every": "%s"}},
                 "job": {"task": "bench.noop", "payload": {"to": "user@example.com", "body": ""}}}""".formatted(id, every);
    }
}
