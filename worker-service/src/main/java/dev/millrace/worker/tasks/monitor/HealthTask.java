package dev.millrace.worker.tasks.monitor;

import dev.millrace.stream.redis.RedisTime;
import dev.millrace.task.Retry;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.outbound.OutboundHttp;
import dev.millrace.worker.outbound.OutboundRefused;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Looks whether others answer. */
@ApplicationScoped
public class HealthTask {

    private static final int SUCCESS = 2;
    private static final int CLASS_OF_STATUS = 100;

    private final OutboundHttp http;
    private final RedisTime redis;
    private final InstantSource clock;

    HealthTask(OutboundHttp http, RedisTime redis, InstantSource clock) {
        this.http = http;
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * Asks all, one after the other, and returns their answers.
     *
     * @throws OutboundRefused if a rule of this worker forbids one of them
     * @throws HealthFailed if one does not answer with 2xx in time; the message names all that did not
     */
    @Task(
            name = "monitor.health",
            queue = "maintenance",
            timeout = "PT15M",
            retry = @Retry(maxAttempts = 2, base = "PT5S"),
            failOn = {OutboundRefused.class, IllegalArgumentException.class},
            description = "Asks URLs, and fails unless all answer with 2xx.")
    public Health look(HealthCheck payload, TaskContext context) throws OutboundRefused {
        List<Health.Answer> answers = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (String url : payload.urls()) {
            try {
                answers.add(ask(payload, url, context.deadline()));
            } catch (OutboundRefused forbidden) {
                throw forbidden;
            } catch (IOException failed) {
                complaints.add(String.valueOf(failed.getMessage()));
            }
        }
        requireNone(complaints, payload.urls().size());
        return new Health(answers, redisMillis());
    }

    private Health.Answer ask(HealthCheck payload, String url, Instant deadline) throws IOException {
        Instant began = clock.instant();
        try (var response = http.send(payload.request(url, deadline), HealthTask::isWell)) {
            return new Health.Answer(response.url(), response.status(), since(began));
        }
    }

    private static boolean isWell(int status) {
        return status / CLASS_OF_STATUS == SUCCESS;
    }

    private static void requireNone(List<String> complaints, int asked) {
        if (!complaints.isEmpty()) {
            throw new HealthFailed(
                    "%d of %d are not well. %s".formatted(complaints.size(), asked, String.join(" ", complaints)));
        }
    }

    private long redisMillis() {
        Instant began = clock.instant();
        redis.now();
        return since(began);
    }

    private long since(Instant began) {
        return Duration.between(began, clock.instant()).toMillis();
    }
}
