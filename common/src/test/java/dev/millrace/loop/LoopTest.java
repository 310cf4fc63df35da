package dev.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Awaiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final LinkedBlockingQueue<Integer> turns = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    @Test
    void turnsAgainAfterWhateverTheStepThrows() throws InterruptedException {
        Loop loop = Loop.start("failing", this::failAtFirst, Duration.ofMillis(1), System::nanoTime);

        assertThat(nextTurn()).isEqualTo(1);
        assertThat(nextTurn()).isEqualTo(2);
        assertThat(nextTurn()).isEqualTo(3);
        assertThat(loop.stop(DEADLINE)).isTrue();
    }

    @Test
    void endsItsPauseWhenStopped() throws InterruptedException {
        Loop loop = Loop.start("pausing", () -> told(LONG), LONG, System::nanoTime);
        nextTurn();

        assertThat(loop.stop(DEADLINE)).isTrue();
        assertThat(turns).isEmpty();
    }

    @Test
    void turnsAtOnceWhenWokenFromItsPause() throws InterruptedException {
        Loop loop = Loop.start("pausing", () -> told(LONG), LONG, System::nanoTime);
        nextTurn();
        loop.wake();

        assertThat(nextTurn()).isEqualTo(2);
        assertThat(loop.stop(DEADLINE)).isTrue();
    }

    @Test
    void turnsAgainAtOnceWhenWokenDuringAStep() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Loop loop = Loop.start("busy", () -> stuckOn(release), LONG, System::nanoTime);
        nextTurn();
        loop.wake();
        release.countDown();

        assertThat(nextTurn()).isEqualTo(2);
        assertThat(loop.stop(DEADLINE)).isTrue();
    }

    @Test
    void interruptsAStepThatDoesNotReturn() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Loop loop = Loop.start("stuck", () -> stuckOn(never), LONG, System::nanoTime);
        nextTurn();

        assertThat(loop.stop(Duration.ofMillis(50))).isTrue();
    }

    @Test
    void growsOverdueInATurnThatDoesNotEnd() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Loop loop = Loop.start("slow", () -> stuckOn(release), LONG, System::nanoTime);
        nextTurn();
        Duration before = loop.overdue();

        Awaiting.until(
                "it is later than before", () -> loop.overdue().compareTo(before.plus(Duration.ofMillis(20))) > 0);
        release.countDown();
        Awaiting.until("its pause is none of that", () -> loop.overdue().isZero());
        assertThat(loop.stop(DEADLINE)).isTrue();
    }

    @Test
    void countsTurnsThatEndedBadly() throws InterruptedException {
        Loop loop = Loop.start("failing", this::failAtFirst, Duration.ofMillis(1), System::nanoTime);
        nextTurn();
        nextTurn();
        nextTurn();

        assertThat(loop.failures()).isEqualTo(2);
        assertThat(loop.begun()).isTrue();
        assertThat(loop.stop(DEADLINE)).isTrue();
    }

    private int nextTurn() throws InterruptedException {
        Integer turn = turns.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(turn).as("a turn within %s", DEADLINE).isNotNull();
        return turn;
    }

    private Duration failAtFirst() {
        told(Duration.ZERO);
        if (count.get() == 1) {
            throw new AssertionError("an error");
        }
        if (count.get() == 2) {
            throw new IllegalStateException("an exception");
        }
        return LONG;
    }

    private Duration stuckOn(CountDownLatch latch) throws InterruptedException {
        told(Duration.ZERO);
        latch.await();
        return LONG;
    }

    private Duration told(Duration pause) {
        turns.add(count.incrementAndGet());
        return pause;
    }
}
