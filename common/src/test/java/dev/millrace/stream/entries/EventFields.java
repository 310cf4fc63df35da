package dev.millrace.stream.entries;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes events as the functions do, for tests that have no functions. */
public final class EventFields {

    private EventFields() {}

    public static StreamEntry entry(JobEvent event) {
        return new StreamEntry(event.position().event(), of(event));
    }

    public static Map<String, String> of(JobEvent event) {
        Map<String, String> fields = envelope(event);
        switch (event) {
            case Queued queued -> fields.put("type", "QUEUED");
            case Started started -> {
                fields.put("type", "STARTED");
                fields.put("worker", started.worker());
            }
            case Progressed progressed -> progress(fields, progressed);
            case Ordered ordered -> {
                fields.put("type", "ORDERED");
                fields.put("orders", ordered.orders());
            }
            case Deferred deferred -> deferred(fields, deferred);
            case Ended ended -> end(fields, ended);
        }
        return fields;
    }

    private static Map<String, String> envelope(JobEvent event) {
        Token token = event.position().token();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("job", event.job().toString());
        fields.put("epoch", String.valueOf(token.epoch()));
        fields.put("run", String.valueOf(token.run()));
        fields.put("delivery", String.valueOf(token.delivery()));
        fields.put("attempt", String.valueOf(event.attempt()));
        fields.put("at", String.valueOf(event.at().toEpochMilli()));
        return fields;
    }

    private static void progress(Map<String, String> fields, Progressed event) {
        fields.put("type", "PROGRESS");
        fields.put("current", String.valueOf(event.progress().current()));
        fields.put("total", String.valueOf(event.progress().total()));
        if (event.progress().message() != null) {
            fields.put("message", event.progress().message());
        }
    }

    private static void deferred(Map<String, String> fields, Deferred event) {
        fields.put("type", "DEFERRED");
        fields.put("why", event.why().name());
        fields.put("due", String.valueOf(event.due().toEpochMilli()));
        start(fields, event.start());
        error(fields, event.error());
    }

    private static void end(Map<String, String> fields, Ended event) {
        fields.put("type", event.state().name());
        start(fields, event.start());
        if (event.result() != null) {
            fields.put("result", event.result());
        }
        error(fields, event.error());
        if (event.orders() != null) {
            fields.put("orders", event.orders());
        }
    }

    private static void start(Map<String, String> fields, @Nullable Start start) {
        if (start != null) {
            fields.put("started", String.valueOf(start.at().toEpochMilli()));
            fields.put("worker", start.worker());
            fields.put("ran", String.valueOf(start.duration().toMillis()));
        }
    }

    private static void error(Map<String, String> fields, @Nullable JobError error) {
        if (error != null) {
            fields.put("errorType", error.type());
            fields.put("errorMessage", String.valueOf(error.message()));
            fields.put("errorStack", String.valueOf(error.stackTrace()));
        }
    }
}
