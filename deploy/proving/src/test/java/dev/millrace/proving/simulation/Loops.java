package dev.millrace.proving.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The loops of one process; each says after its turn how long it rests. */
final class Loops {

    private static final long AFTER_FAILURE_MILLIS = 500;

    private final World world;
    private final List<Loop> loops = new ArrayList<>();
    private Loop last;

    private static final class Loop {
        private final LongSupplier turn;
        private long due;

        Loop(LongSupplier turn, long due) {
            this.turn = turn;
            this.due = due;
        }
    }

    Loops(World world) {
        this.world = world;
        this.last = new Loop(() -> Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Returns its number. */
    int add(LongSupplier turn) {
        loops.add(new Loop(turn, world.now() + world.random(50)));
        return loops.size() - 1;
    }

    long due() {
        return next().due;
    }

    private Loop next() {
        Loop next = last;
        long earliest = Long.MAX_VALUE;
        for (Loop loop : loops) {
            if (loop.due < earliest) {
                earliest = loop.due;
                next = loop;
            }
        }
        return next;
    }

    void step() {
        last = next();
        last.due = world.now() + last.turn.getAsLong();
    }

    void failed() {
        last.due = world.now() + AFTER_FAILURE_MILLIS;
    }

    /** Lets the loop that was added with this number take its turn at once, as after a nudge. */
    void wake(int number) {
        Loop loop = loops.get(number);
        loop.due = Math.min(loop.due, world.now() + 1);
    }
}
