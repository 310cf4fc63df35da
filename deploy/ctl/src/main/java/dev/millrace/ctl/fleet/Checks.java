package dev.millrace.ctl.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is made of what an installation tells. Nothing is asked here. */
final class Checks {

    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
    private static final long MANY = 1_000;

    private Checks() {}

    /** Of the ready probe: each of its checks that is not up. */
    static List<Finding> readiness(JsonNode readiness) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode check : readiness.path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                findings.add(
                        Finding.bad(
                                "api",
                                check.path("name").asText() + " is "
                                        + check.path("status").asText() + ".",
                                "Look whether PostgreSQL is up, whether DATABASE_URL leads there, and into the log of the api."));
            }
        }
        if (findings.isEmpty() && !readiness.path("status").asText().equals("UP")) {
            findings.add(Finding.bad("api", "It is not ready, and does not say why.", "Look into the log of the api."));
        }
        return findings.isEmpty() ? List.of(Finding.ok("api", "It is ready.")) : findings;
    }

    /** What the server itself has found; a status that is not known counts as bad. */
    static List<Finding> told(JsonNode diagnosis) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode check : diagnosis.path("checks")) {
            findings.add(new Finding(
                    level(check.path("status").asText()),
                    check.path("check").asText(),
                    check.path("finding").asText(),
                    check.path("recommendation").isTextual()
                            ? check.path("recommendation").asText()
                            : ""));
        }
        return findings;
    }

    private static Finding.Level level(String status) {
        return switch (status) {
            case "ok" -> Finding.Level.OK;
            case "note" -> Finding.Level.NOTE;
            default -> Finding.Level.BAD;
        };
    }

    /** Of the time by which something answered, in the form of HTTP; empty if it did not say. */
    static Optional<Finding> clock(Optional<String> date, Instant now) {
        return date.flatMap(Checks::time)
                .map(at -> clock(Duration.between(at, now).abs()));
    }

    private static Finding clock(Duration apart) {
        return apart.compareTo(CLOCKS_APART) > 0
                ? Finding.bad(
                        "clock",
                        "The clocks of the api and of this machine are " + apart.toSeconds() + " s apart.",
                        "Let NTP keep them; delays, expiry and schedules go by the clocks of the servers.")
                : Finding.ok("clock", "The clock of the api is that of this machine.");
    }

    /** Of the workers that live. */
    static Finding workers(List<JsonNode> workers) {
        if (workers.isEmpty()) {
            return Finding.bad(
                    "workers",
                    "No worker is there.",
                    "Start a worker-service; if one runs, look whether its REDIS_URL is that of the api, and into its log.");
        }
        boolean allDrain = workers.stream()
                .allMatch(worker -> worker.path("state").asText().equals("draining"));
        return allDrain
                ? Finding.bad(
                        "workers",
                        "All workers drain, and take no more jobs.",
                        "'workers resume', or start another one.")
                : Finding.ok("workers", "There are " + workers.size() + ".");
    }

    /** Of a task that no worker offers. */
    static Finding unservedTask(String task, long waiting) {
        return Finding.bad(
                "tasks",
                "%d jobs of the task '%s' wait, and no worker offers it.".formatted(waiting, task),
                "Start a worker that has the task, or cancel its jobs.");
    }

    /** Of each queue in which something is wrong. */
    static List<Finding> queues(List<JsonNode> queues) {
        List<Finding> findings = new ArrayList<>();
        queues.forEach(queue -> queue(queue).ifPresent(findings::add));
        return findings.isEmpty() ? List.of(Finding.ok("queues", "All are served.")) : findings;
    }

    /** Of what waits in all queues, where the api does not list them. */
    static Finding backlog(long queued) {
        return queued > MANY
                ? tooMuch("queues", "in all queues", queued)
                : Finding.ok("queues", queued + " jobs wait.");
    }

    /** Of jobs that failed for good. */
    static Finding deadLetters(boolean some) {
        return some
                ? Finding.note(
                        "dead letters",
                        "Jobs failed for good.",
                        "'dlq list' lists them, 'dlq requeue' runs them again.")
                : Finding.ok("dead letters", "There are none.");
    }

    private static Optional<Finding> queue(JsonNode queue) {
        String name = queue.path("name").asText();
        long ready = queue.path("ready").asLong();
        if (ready > 0 && queue.path("paused").asBoolean()) {
            return Optional.of(Finding.bad(
                    "queues",
                    "The queue '%s' is paused, and %d jobs wait in it.".formatted(name, ready),
                    "'resume " + name + "' lets them run."));
        }
        if (ready > 0 && queue.path("consumers").asLong() == 0) {
            return Optional.of(Finding.bad(
                    "queues",
                    "%d jobs wait in the queue '%s', which no worker serves.".formatted(ready, name),
                    "Start a worker that serves it, or name it in MILLRACE_WORKER_SERVE of one that runs."));
        }
        return ready > MANY ? Optional.of(tooMuch("queues", "in the queue '" + name + "'", ready)) : Optional.empty();
    }

    private static Finding tooMuch(String check, String where, long waiting) {
        return Finding.bad(
                check,
                waiting + " jobs wait " + where + ".",
                "Start more workers or give them more slots, and look for slow tasks and retries: 'inspect active', 'inspect scheduled'.");
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
