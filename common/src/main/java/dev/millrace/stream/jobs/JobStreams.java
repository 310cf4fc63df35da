package dev.millrace.stream.jobs;

import dev.millrace.stream.redis.StreamsUnavailable;

/**
 * The function library from Java, as the sum of its roles, each of which a class takes alone: every move of a job, in
 * batches of at most {@link Batch#MAX}. One instance speaks for one consumer, and may be used by many threads. Calls block; each has a time limit. A consumer's name belongs to
 * one process forever: what is pending for it is taken for its own, with the token of before.
 *
 * <p>Each call throws {@link StreamsUnavailable} when Redis cannot be asked or is cold. After a lost reply the same call
 * may be made again: enqueue then answers DUPLICATE or ENDED, finish OK, handback and defer FENCED, cancel ENDED or
 * FLAGGED.
 */
public interface JobStreams
        extends Submitting,
                Cancelling,
                RedisEpoch,
                Recording,
                Taking,
                Pausing,
                Settling,
                Leasing,
                Connections,
                Suspects {}
