package dev.millrace.proving.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Which faults a seed knows, so that each seed shows a few of them often instead of all of them rarely. */
record Weather(Set<Kind> kinds) {

    enum Kind {
        KILL,
        LOST_CALLS,
        /** Connections are closed; of all at once, or of one process. */
        CLOSED_LINKS,
        PAUSE,
        FLUSH,
        RESTART,
        SET_BACK,
        CLOCK,
        POSTGRES,
        POISON,
        CANCEL,
        REQUEUE
    }

    static Weather of(SplittableRandom random) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            boolean ofRedis = kind == Kind.FLUSH || kind == Kind.SET_BACK || kind == Kind.CLOCK || kind == Kind.RESTART;
            if (random.nextInt(100) < (ofRedis ? 20 : 50)) {
                kinds.add(kind);
            }
        }
        return new Weather(kinds);
    }

    boolean has(Kind kind) {
        return kinds.contains(kind);
    }
}
