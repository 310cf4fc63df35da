package dev.millrace.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.run.Http;
import java.util.UUID;

/** A little of everything that services do for their users, so that a JVM sees what it will have to load and compile. */
final class Exercise {

    private static final int ECHOES = 200;
    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":\"again\"}}";

    private final Http http;
    private final String api;
    private final String samples;

    Exercise(Http http, String api, String samples) {
        this.http = http;
        this.api = api + "/api/v1";
        this.samples = samples;
    }

    /** Returns when it is done, or when an answer is missing: what then is not seen will start a little slower. */
    void run() {
        UUID imported = UUID.randomUUID();
        submit(Welcome.submission(samples, imported));
        submit("{\"task\":\"feed.read\",\"payload\":{\"url\":\"" + samples + "/weekly.rss\"}}");
        boolean taken = true;
        for (int i = 0; i < ECHOES && taken; i++) {
            taken = submit(ECHO);
        }
        await(imported);
        http.document(api + "/jobs?limit=50");
    }

    private boolean submit(String job) {
        return http.post(api + "/jobs", job).isPresent();
    }

    private void await(UUID job) {
        JsonNode unused = http.document(api + "/jobs/" + job + "/result?wait=2").orElse(null);
    }
}
