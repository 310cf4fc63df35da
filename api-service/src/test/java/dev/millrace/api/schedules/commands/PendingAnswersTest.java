package dev.millrace.api.schedules.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PendingAnswersTest {

    private static final Optional<Answer> DONE = Optional.of(new Answer.Done());

    private final AtomicLong nanos = new AtomicLong();
    private final PendingAnswers waiters = new PendingAnswers(nanos::get);

    @Test
    void returnsAnAnswerThatIsThere() {
        assertThat(waiters.await(UUID.randomUUID(), () -> DONE)).isEqualTo(DONE);
    }

    @Test
    void looksForWhatAnotherInstanceHasRecorded() {
        AtomicLong looks = new AtomicLong();

        assertThat(waiters.await(UUID.randomUUID(), () -> looks.incrementAndGet() < 3 ? Optional.empty() : DONE))
                .isEqualTo(DONE);
    }

    @Test
    void givesUpAfterTwoSeconds() {
        assertThat(waiters.await(UUID.randomUUID(), () -> {
                    nanos.addAndGet(PendingAnswers.PATIENCE.toNanos());
                    return Optional.empty();
                }))
                .isEmpty();
    }

    @Test
    void isWokenByTheAnswer() {
        UUID command = UUID.randomUUID();
        AtomicReference<Optional<Answer>> record = new AtomicReference<>(Optional.empty());
        CountDownLatch waits = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<Answer>> answer = CompletableFuture.supplyAsync(
                    () -> waiters.await(command, () -> {
                        waits.countDown();
                        return record.get();
                    }),
                    threads);
            await(waits);
            record.set(DONE);
            waiters.wake(List.of(command));

            assertThat(answer.join()).isEqualTo(DONE);
        }
    }

    @Test
    void letsSixtyFourWaitAndTellsTheOthersAtOnce() {
        AtomicReference<Optional<Answer>> record = new AtomicReference<>(Optional.empty());
        CountDownLatch waiting = new CountDownLatch(64);
        List<CompletableFuture<Optional<Answer>>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                CountDownLatch looked = new CountDownLatch(1);
                all.add(CompletableFuture.supplyAsync(
                        () -> waiters.await(UUID.randomUUID(), () -> {
                            if (looked.getCount() > 0) {
                                looked.countDown();
                                waiting.countDown();
                            }
                            return record.get();
                        }),
                        threads));
            }
            await(waiting);

            assertThat(waiters.await(UUID.randomUUID(), () -> DONE)).isEmpty();
            record.set(DONE);
            assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(DONE));
        }
        assertThat(waiters.await(UUID.randomUUID(), () -> DONE)).isEqualTo(DONE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        }
    }
}
