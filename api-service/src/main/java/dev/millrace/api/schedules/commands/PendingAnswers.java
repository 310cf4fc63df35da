package dev.millrace.api.schedules.commands;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Holds requests until their commands are answered: woken when this instance records the answer, and looking for what another
 * one has recorded. Bounded, so that without a scheduler the waiting does not take the threads of all other requests.
 */
@Singleton
public class PendingAnswers {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long LOOK_MILLIS = 50;
    private static final int MOST = 64;

    private final LongSupplier nanos;
    private final Semaphore room = new Semaphore(MOST);
    private final Map<UUID, CountDownLatch> waiting = new ConcurrentHashMap<>();

    public PendingAnswers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Wakes those who wait for these; called after the commit that answers them. */
    public void wake(Collection<UUID> commands) {
        commands.stream().map(waiting::get).forEach(latch -> {
            if (latch != null) {
                latch.countDown();
            }
        });
    }

    /**
     * The answer, as soon as it is recorded; empty if it is not within 2 s, or at once if 64 wait already.
     *
     * @param look reads the record
     */
    Optional<Answer> await(UUID command, Supplier<Optional<Answer>> look) {
        if (!room.tryAcquire()) {
            return Optional.empty();
        }
        CountDownLatch answered = new CountDownLatch(1);
        waiting.put(command, answered);
        try {
            return await(answered, look);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.remove(command);
            room.release();
        }
    }

    private Optional<Answer> await(CountDownLatch answered, Supplier<Optional<Answer>> look)
            throws InterruptedException {
        long start = nanos.getAsLong();
        Optional<Answer> answer = look.get();
        while (answer.isEmpty() && nanos.getAsLong() - start < PATIENCE.toNanos()) {
            answered.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            answer = look.get();
        }
        return answer;
    }
}
