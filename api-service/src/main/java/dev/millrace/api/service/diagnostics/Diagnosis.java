package dev.millrace.api.service.diagnostics;

import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks beside each other, and has an answer within three seconds whatever they meet. Whoever asks while they run, or
 * within a second, is told the same.
 */
public class Diagnosis {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Diagnosis.class);

    private final List<Check> checks;
    private final LongSupplier nanos;
    private final ReentrantLock running = new ReentrantLock();
    private @Nullable Latest latest;

    private record Latest(List<Finding> findings, long nanos) {}

    /**
     * Has looked at nothing yet.
     *
     * @param nanos a monotonic reading
     */
    Diagnosis(List<Check> checks, LongSupplier nanos) {
        this.checks = List.copyOf(checks);
        this.nanos = nanos;
    }

    /** Of all checks, in their order. */
    List<Finding> findings() {
        running.lock();
        try {
            Latest known = latest;
            if (known == null || nanos.getAsLong() - known.nanos() > GOOD_FOR.toNanos()) {
                known = new Latest(look(), nanos.getAsLong());
                latest = known;
            }
            return known.findings();
        } finally {
            running.unlock();
        }
    }

    private List<Finding> look() {
        long began = nanos.getAsLong();
        Map<Check, FutureTask<List<Finding>>> looks = new LinkedHashMap<>();
        checks.forEach(check -> looks.put(check, begun(check)));
        return looks.entrySet().stream()
                .flatMap(one -> result(one.getKey(), one.getValue(), began).stream())
                .toList();
    }

    private static FutureTask<List<Finding>> begun(Check check) {
        FutureTask<List<Finding>> look = new FutureTask<>(check::look);
        Thread.ofVirtual().name("check-" + check.name()).start(look);
        return look;
    }

    private List<Finding> result(Check check, FutureTask<List<Finding>> look, long began) {
        long left = LIMIT.toNanos() - (nanos.getAsLong() - began);
        try {
            return look.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            look.cancel(true);
            return List.of(Finding.bad(
                    check.name(),
                    "There was no answer within " + LIMIT.toSeconds() + " s.",
                    "Look at what it is about: it is overloaded, or cannot be reached."));
        } catch (ExecutionException failed) {
            return List.of(failure(check, failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of(Finding.bad(check.name(), "The service is stopping.", "Ask another instance."));
        }
    }

    private static Finding failure(Check check, @Nullable Throwable failure) {
        if (failure instanceof StreamsUnavailable) {
            return Finding.bad(
                    check.name(), "Redis cannot be asked, so nothing is known of this.", "See what is said of Redis.");
        }
        if (DatabaseUnavailable.causes(failure)) {
            return Finding.bad(
                    check.name(),
                    "PostgreSQL cannot be asked, so nothing is known of this.",
                    "See what is said of PostgreSQL.");
        }
        LOG.warnf(failure, "The check '%s' failed.", check.name());
        return Finding.bad(
                check.name(), "The check itself failed.", "Look into the log of the api; the cause stands there.");
    }
}
