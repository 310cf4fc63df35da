package dev.millrace.worker.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.task.Retry;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks of every shape. No scope on purpose: having tasks makes it a bean. */
class SampleTasks {

    enum Size {
        SMALL,
        LARGE
    }

    @RegisterForReflection
    record Mail(
            String to,
            int copies,
            @Nullable String subject,
            Optional<Duration> delay,
            List<Attachment> attachments,
            Map<String, Integer> weights,
            @Nullable Size size) {

        Mail {
            if (copies < 1) {
                throw new IllegalArgumentException("copies is " + copies);
            }
        }
    }

    @RegisterForReflection
    record Attachment(String name, @Nullable Attachment inner) {}

    @RegisterForReflection
    record Sent(UUID id, Instant at, Optional<String> note) {}

    @RegisterForReflection
    record Anything(JsonNode value) {}

    @RegisterForReflection
    record Loose(
            OptionalInt count,
            @Nullable Object any,
            @Nullable JsonNode tree) {}

    @RegisterForReflection
    record Moments(Instant instant, Duration duration, LocalDateTime local, UUID id, BigDecimal amount) {}

    @Task(
            name = "sample.mail",
            queue = "mail",
            timeout = "PT90S",
            softTimeout = "PT80S",
            retry =
                    @Retry(
                            maxAttempts = 7,
                            backoff = "fixed",
                            base = "PT2S",
                            factor = 1.5,
                            max = "PT1M",
                            jitter = "none"),
            retryOn = {IOException.class, IllegalStateException.class},
            failOn = FileNotFoundException.class,
            description = "Sends nothing.",
            idempotent = false)
    public Sent mail(Mail mail, TaskContext context) {
        return new Sent(context.jobId(), Instant.EPOCH, Optional.of(mail.to()));
    }

    @Task(name = "sample.later")
    Uni<List<Sent>> later(Mail mail) {
        return Uni.createFrom().item(List.of());
    }

    @Task(name = "sample.nothing")
    void nothing(Moments moments) {}

    @Task(name = "sample.anything")
    JsonNode anything(JsonNode value) {
        return value;
    }

    @Task(name = "sample.wrapped")
    Map<String, ? extends Anything> wrapped(Anything anything) {
        return Map.of("it", anything);
    }

    @Task(name = "sample.count")
    int count(Anything anything) {
        return anything.value().size();
    }

    @Task(name = "sample.broken")
    Uni<Void> broken(Anything anything) throws Exception {
        throw new IOException("broken on purpose");
    }
}
