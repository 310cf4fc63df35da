package dev.millrace.api.schedules;

import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.jobs.submit.Body;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a call that has nothing to say: none, or an empty object. */
final class NoBody {

    private NoBody() {}

    static void require(byte @Nullable [] body) {
        if (body != null && body.length > 0) {
            Bodies.fields(StrictJson.read(Body.atMost(1, body)), "The body", Set.of());
        }
    }
}
