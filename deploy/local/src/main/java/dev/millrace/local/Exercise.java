package dev.millrace.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.run.Http;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What services do for their users, and enough of it that a JVM knows not only what it will have to load, but how often what
 * is called: many jobs at once, single ones with and without a wait for their end, lists, and somebody who listens.
 */
final class Exercise {

    /** However slow the machine is: it is done for users who wait for the machine meanwhile. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int BULKS = 20;
    private static final int A_BULK = 1_000;
    private static final int CLIENTS = 8;
    private static final int CALLS = 250;
    /** Of so many calls one waits for the end of its job. */
    private static final int ONE_WAITS = 4;
    /** After so many calls a client looks around. */
    private static final int ONE_LOOKS = 25;

    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":\"again\"}}";
    private static final String BULK = "{\"jobs\":[" + String.join(",", Collections.nCopies(A_BULK, ECHO)) + "]}";
    private static final List<String> LOOKS = List.of(
            "/jobs?limit=50",
            "/jobs?state=SUCCEEDED&queue=default",
            "/jobs?state=QUEUED",
            "/jobs?task=demo.echo",
            "/jobs/counts",
            "/schedules");

    private final Http http;
    private final String api;
    private final String samples;
    private final Time time;

    Exercise(Http http, String api, String samples, Time time) {
        this.http = http;
        this.api = api + "/api/v1";
        this.samples = samples;
        this.time = time;
    }

    /** Returns when it is done, when an answer is missing, or after a minute: what then is not seen will start a little slower. */
    void run() {
        long began = time.reading();
        UUID imported = UUID.randomUUID();
        submit(Welcome.submission(samples, imported));
        submit("{\"task\":\"feed.read\",\"payload\":{\"url\":\"" + samples + "/weekly.rss\"}}");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            http.listen(api + "/events", threads);
            boolean taken = true;
            for (int i = 0; i < BULKS && taken && goesOn(began); i++) {
                taken = http.post(api + "/jobs/bulk", BULK).isPresent();
            }
            if (taken) {
                Stream.generate(() -> CompletableFuture.runAsync(() -> calls(began), threads))
                        .limit(CLIENTS)
                        .toList()
                        .forEach(CompletableFuture::join);
            }
            await(imported);
            threads.shutdownNow();
        }
    }

    /** What one client does, one call after the other. */
    private void calls(long began) {
        boolean taken = true;
        for (int i = 0; i < CALLS && taken && goesOn(began); i++) {
            taken = i % ONE_WAITS == 0
                    ? http.post(api + "/jobs", ECHO, "Prefer", "wait=2").isPresent()
                    : submit(ECHO);
            if (i % ONE_LOOKS == 0) {
                LOOKS.forEach(this::look);
            }
        }
    }

    private boolean goesOn(long began) {
        return !time.passed(LIMIT, began);
    }

    private boolean submit(String job) {
        return http.post(api + "/jobs", job).isPresent();
    }

    private void await(UUID job) {
        look("/jobs/" + job + "/result?wait=2");
    }

    private void look(String path) {
        JsonNode unused = http.document(api + path).orElse(null);
    }
}
