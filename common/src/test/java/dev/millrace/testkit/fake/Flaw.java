package dev.millrace.testkit.fake;

/** A mistake that one could make in the functions, planted to see who notices. */
public enum Flaw {
    /** finish does not ask who holds the entry. */
    UNFENCED_FINISH,
    /** A move acknowledges in one step and adds in another, and now and then dies between them. */
    SPLIT_ACK_AND_ADD,
    /** renew claims without looking at the owner. */
    NAIVE_RENEW,
    /** Deaths are only counted: whoever saw three is quarantined wherever it ran. */
    PLAIN_POISON_COUNTER,
    /** A group begins at the end of its stream. */
    GROUP_AT_THE_END,
    /** Events are thrown away although the projection has not committed them. */
    TRIM_AHEAD,
    /** forget removes a consumer with what is pending for it. */
    FORGET_WITH_PENDING,
    /** reclaim takes what is idle for half a lease, whoever lives. */
    EARLY_RECLAIM,
    /** defer keeps the run. */
    DEFER_KEEPS_RUN,
    /** release brings what is due within the next two seconds. */
    EARLY_RELEASE,
    /** cancel says that it flagged a job and does not. */
    FORGOTTEN_FLAG,
    /** start and take do not look for the flag. */
    FLAG_UNSEEN,
    /** reclaim does not count a death. */
    DEATHS_UNCOUNTED,
    /** take, start and reclaim give entries of an earlier epoch away as they are. */
    EPOCHS_MIXED,
    /** A repeated enqueue is not noticed. */
    ENQUEUE_TWICE,
    /** A connection that was registered in an earlier life of Redis is believed. */
    CONNECTION_OF_ANY_EPOCH,
    /** lapse does not look whether the worker is still registered by that connection. */
    LAPSE_UNCOMPARED
}
