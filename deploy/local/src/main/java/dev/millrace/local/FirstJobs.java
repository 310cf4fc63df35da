package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.Http;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.Collections;

/** Many small jobs, the first that a platform is given: what it has to load, compile and hold in memory for its work. */
final class FirstJobs {

    static final int NUMBER = 5_000;

    private static final int A_CALL = 1_000;
    private static final String TASK = "demo.echo";
    private static final String JOB = "{\"task\":\"" + TASK + "\",\"payload\":{\"value\":\"one of the first\"}}";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Http http;
    private final String jobs;
    private final Time time;

    /** {@code api} is where the platform's is; {@code time} by which their end is awaited. */
    FirstJobs(Http http, String api, Time time) {
        this.http = http;
        this.jobs = api + "/api/v1/jobs";
        this.time = time;
    }

    /**
     * Returns when all have succeeded.
     *
     * @throws CannotStart if one is refused, or not all have succeeded within two minutes
     */
    void run() {
        String bulk = "{\"jobs\":[" + String.join(",", Collections.nCopies(A_CALL, JOB)) + "]}";
        for (int sent = 0; sent < NUMBER; sent += A_CALL) {
            if (http.post(jobs + "/bulk", bulk).isEmpty()) {
                throw new CannotStart("The api took no jobs at " + jobs + "/bulk.");
            }
        }
        if (!time.comes(PATIENCE, LOOK, () -> succeeded() >= NUMBER)) {
            throw new CannotStart("Of the first " + NUMBER + " jobs, " + succeeded() + " had succeeded after "
                    + PATIENCE.toSeconds() + " s.");
        }
    }

    private long succeeded() {
        return http.document(jobs + "/counts?task=" + TASK)
                .map(counts -> counts.path("SUCCEEDED").asLong())
                .orElse(0L);
    }
}
