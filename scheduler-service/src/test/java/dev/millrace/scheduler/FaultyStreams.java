package dev.millrace.scheduler;

import dev.millrace.job.EntryId;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.stream.timers.TimerStreams;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Real streams behind which replies are lost, and which a dead process calls no more. */
final class FaultyStreams implements TimerStreams {

    private final TimerStreams real;
    private final BooleanSupplier dead;
    private final Predicate<Object> losesReply;

    FaultyStreams(TimerStreams real, BooleanSupplier dead, Predicate<Object> losesReply) {
        this.real = real;
        this.dead = dead;
        this.losesReply = losesReply;
    }

    private <T> T call(Supplier<T> call) {
        if (dead.getAsBoolean()) {
            throw new StreamsUnavailable("This process is dead.");
        }
        T reply = call.get();
        if (dead.getAsBoolean() || losesReply.test(reply)) {
            throw new StreamsUnavailable("The reply was lost.");
        }
        return reply;
    }

    @Override
    public int epoch() {
        return call(real::epoch);
    }

    @Override
    public List<EntryId> delayed(int n, Duration atMost) {
        return call(() -> real.delayed(n, atMost));
    }

    @Override
    public List<EntryId> unheld(int n) {
        return call(() -> real.unheld(n));
    }

    @Override
    public List<EntryId> abandoned(int n, Duration idle) {
        return call(() -> real.abandoned(n, idle));
    }

    @Override
    public int hold(List<EntryId> entries) {
        return call(() -> real.hold(entries));
    }

    @Override
    public int holdNew(int n) {
        return call(() -> real.holdNew(n));
    }

    @Override
    public Released release(int n) {
        return call(() -> real.release(n));
    }

    @Override
    public Backlog backlog() {
        return call(real::backlog);
    }

    @Override
    public int forgetSilent(Duration silence) {
        return call(() -> real.forgetSilent(silence));
    }

    @Override
    public void leave() {
        call(() -> {
            real.leave();
            return true;
        });
    }
}
