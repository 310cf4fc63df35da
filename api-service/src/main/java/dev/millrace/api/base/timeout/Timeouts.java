package dev.millrace.api.base.timeout;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends what nobody has completed in time, up to {@value #TICK_MS} ms late. That nearly every call is completed in time is what
 * it is made for: {@link CompletableFuture#orTimeout} wakes a thread for each future, and once more when it is done; here
 * one thread looks ten times a second at all of them.
 */
@Singleton
public class Timeouts {

    static final long TICK_MS = 100;

    private static final int SLOTS = 512;

    private final HashedWheelTimer wheel = new HashedWheelTimer(
            new DefaultThreadFactory("timeouts", true), TICK_MS, TimeUnit.MILLISECONDS, SLOTS, false);

    /** Has it fail with {@link TimeoutException}, unless it is completed before. Returns the same future. */
    public <T> CompletableFuture<T> failLate(CompletableFuture<T> future, Duration atMost) {
        return late(future, atMost, () -> future.completeExceptionally(new TimeoutException()));
    }

    /** Completes it with the value, unless it is completed before. Returns the same future. */
    public <T> CompletableFuture<T> completeLate(CompletableFuture<T> future, T value, Duration atMost) {
        return late(future, atMost, () -> future.complete(value));
    }

    private <T> CompletableFuture<T> late(CompletableFuture<T> future, Duration atMost, Runnable end) {
        if (!atMost.isPositive()) {
            end.run();
        } else if (!future.isDone()) {
            Timeout timeout = wheel.newTimeout(due -> end.run(), atMost.toNanos(), TimeUnit.NANOSECONDS);
            future.whenComplete((value, failure) -> timeout.cancel()).exceptionally(told -> null);
        }
        return future;
    }

    /** How many are watched. */
    long pending() {
        return wheel.pendingTimeouts();
    }

    /** After the last request. */
    @PreDestroy
    void stop() {
        wheel.stop();
    }
}
