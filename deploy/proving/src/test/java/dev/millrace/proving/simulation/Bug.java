package dev.millrace.proving.simulation;

import dev.millrace.testkit.fake.Flaw;
import org.jspecify.annotations.Nullable;

/** A mistake that may be planted: one of the functions, or one of a role. */
enum Bug {
    UNFENCED_FINISH(Flaw.UNFENCED_FINISH),
    SPLIT_ACK_AND_ADD(Flaw.SPLIT_ACK_AND_ADD),
    NAIVE_RENEW(Flaw.NAIVE_RENEW),
    PLAIN_POISON_COUNTER(Flaw.PLAIN_POISON_COUNTER),
    GROUP_AT_THE_END(Flaw.GROUP_AT_THE_END),
    TRIM_AHEAD(Flaw.TRIM_AHEAD),
    FORGET_WITH_PENDING(Flaw.FORGET_WITH_PENDING),
    EARLY_RECLAIM(Flaw.EARLY_RECLAIM),
    DEFER_KEEPS_RUN(Flaw.DEFER_KEEPS_RUN),
    EARLY_RELEASE(Flaw.EARLY_RELEASE),
    FORGOTTEN_FLAG(Flaw.FORGOTTEN_FLAG),
    FLAG_UNSEEN(Flaw.FLAG_UNSEEN),
    DEATHS_UNCOUNTED(Flaw.DEATHS_UNCOUNTED),
    EPOCHS_MIXED(Flaw.EPOCHS_MIXED),
    ENQUEUE_TWICE(Flaw.ENQUEUE_TWICE),
    CONNECTION_OF_ANY_EPOCH(Flaw.CONNECTION_OF_ANY_EPOCH),
    LAPSE_UNCOMPARED(Flaw.LAPSE_UNCOMPARED),
    /** Who has just come back believes what it sees of others. */
    OBSERVER_WITHOUT_DOUBT(null),
    /** The projection reads what is behind the last id it saw, instead of what its group was not given. */
    CURSOR_BY_ID(null),
    /** The relay does not look whether a job has ended meanwhile. */
    ENDED_REPUBLISHED(null),
    /** A reconcile opens Redis with the epoch and the runs of before. */
    RECONCILE_WITHOUT_EPOCH(null),
    /** Submit answers before it has committed. */
    ANSWER_BEFORE_COMMIT(null),
    /** What a fenced run has ordered gets into the record by another way. */
    ORDERS_OF_A_FENCED_RUN(null),
    /** The record takes orders in another commit than the end that carries them. */
    ORDERS_BEHIND_THE_COMMIT(null),
    /** What was ordered before is made once more. */
    ORDERS_MADE_TWICE(null);

    private final @Nullable Flaw flaw;

    Bug(@Nullable Flaw flaw) {
        this.flaw = flaw;
    }

    @Nullable
    Flaw flaw() {
        return flaw;
    }
}
