package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.NotReached;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Inputs;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        description = "Submit a job, and print its id. Without a payload the task gets {}.",
        footer = "An answer that is lost makes no second job: repeat the command with the --key that is told then.")
public final class Submit implements Verb {

    @Parameters(index = "0", paramLabel = "TASK", description = "The task; 'tasks' lists them.")
    String task = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "{}",
            paramLabel = "PAYLOAD",
            description = "JSON; @FILE reads it from a file, - from standard input.")
    String payload = "{}";

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Instead of where its routes and task lead.")
    Optional<String> queue = Optional.empty();

    @Option(names = "--priority", paramLabel = "N", description = "1 to 10; the higher, the sooner (5).")
    Optional<Integer> priority = Optional.empty();

    @Option(names = "--delay", paramLabel = "SPAN", description = "Run it so long from now: 90s, 2h.")
    Optional<Duration> delay = Optional.empty();

    @Option(names = "--at", paramLabel = "TIME", description = "Run it at this time: 2026-01-31T12:00:00Z.")
    Optional<Instant> at = Optional.empty();

    @Option(names = "--ttl", paramLabel = "SPAN", description = "It expires unless it starts within so long.")
    Optional<Duration> ttl = Optional.empty();

    @Option(names = "--expires", paramLabel = "TIME", description = "It expires unless it starts before.")
    Optional<Instant> expires = Optional.empty();

    @Option(names = "--timeout", paramLabel = "SPAN", description = "How long one run may take.")
    Optional<Duration> timeout = Optional.empty();

    @Option(names = "--soft-timeout", paramLabel = "SPAN", description = "When a run is asked to come to its end.")
    Optional<Duration> softTimeout = Optional.empty();

    @Option(names = "--attempts", paramLabel = "N", description = "How often it is tried in all.")
    Optional<Integer> attempts = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "To find it by; may be given several times.")
    List<String> tags = List.of();

    @Option(
            names = "--meta",
            paramLabel = "NAME=TEXT",
            description = "Kept beside the payload; may be given several times.")
    Map<String, String> metadata = Map.of();

    @Option(names = "--ignore-result", description = "Drop what it returns.")
    boolean ignoreResult;

    @Option(names = "--id", paramLabel = "UUID", description = "An id of your own.")
    Optional<String> id = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Idempotency key: the same submit under it makes one job.")
    Optional<String> key = Optional.empty();

    @Mixin
    Waiting waiting = new Waiting();

    @Option(names = "--watch", description = "Follow it to its end, as 'watch' does.")
    boolean watch;

    @Override
    public Exit run(Session session) {
        String safe = key.orElseGet(() -> session.ids().get().toString());
        Answer answer = submitted(session, safe);
        String job = answer.json().path("id").asText();
        if (watch) {
            session.out().note("Submitted as " + job + ".");
            return Watch.of(job).run(session);
        }
        if (waiting.time().isPresent()) {
            session.out().note("Submitted as " + job + ".");
            return new End(session).await(job, waiting.time().get());
        }
        if (session.out().json()) {
            session.out().body(answer.body());
        } else {
            session.out().line(job);
            session.out().note(summary(answer.json()));
        }
        return Exit.DONE;
    }

    private Answer submitted(Session session, String safe) {
        try {
            return session.server()
                    .send(Call.post("/jobs").json(request(session)).header("Idempotency-Key", safe));
        } catch (NotReached unknown) {
            session.out().note("To repeat it without making a second job: --key " + safe);
            throw unknown;
        }
    }

    private static String summary(JsonNode job) {
        return "%s on queue %s."
                .formatted(job.path("state").asText(), job.path("queue").asText());
    }

    private ObjectNode request(Session session) {
        ObjectNode request = Json.object().put("task", task);
        Json.setRaw(request, "payload", json(Inputs.read(payload, session)));
        id.ifPresent(value -> request.put("id", value));
        queue.ifPresent(value -> request.put("queue", value));
        priority.ifPresent(value -> request.put("priority", value));
        delay.ifPresent(value -> request.put("delay", value.toString()));
        at.ifPresent(value -> request.put("runAt", value.toString()));
        ttl.ifPresent(value -> request.put("ttl", value.toString()));
        expires.ifPresent(value -> request.put("expiresAt", value.toString()));
        timeout.ifPresent(value -> request.put("timeout", value.toString()));
        softTimeout.ifPresent(value -> request.put("softTimeout", value.toString()));
        attempts.ifPresent(value -> request.putObject("retry").put("maxAttempts", value));
        if (!tags.isEmpty()) {
            tags.forEach(request.putArray("tags")::add);
        }
        if (!metadata.isEmpty()) {
            metadata.forEach(request.putObject("metadata")::put);
        }
        if (ignoreResult) {
            request.put("ignoreResult", true);
        }
        return request;
    }

    private static String json(String text) {
        if (Json.read(text).isEmpty()) {
            throw new Unusable("The payload is not JSON. In a shell, put it between single quotes: '{\"value\": 1}'.");
        }
        return text;
    }
}
