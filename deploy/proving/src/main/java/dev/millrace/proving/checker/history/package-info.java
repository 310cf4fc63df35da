/**
 * What was seen of a run. A history is any number of files of JSON lines, one
 * {@link dev.millrace.proving.checker.history.Line} each. Events stand in the order of their stream, rows of a job in the order of their time; otherwise order does not matter.
 * Every line has a {@code kind}, which says what else it has. Times are milliseconds since 1970 on one machine, tokens
 * are {@code epoch.run.delivery}, jobs are UUIDs; what stands in brackets may be missing.
 *
 * <pre>
 * kind     fields                                                    written by
 * submit   at done outcome tenant [key] [job] [attempts] [due]      a client: when it called and had its answer; outcome ok,
 *          [expires]                                                 fail (surely not accepted), unknown; attempts it may have
 * cancel   at done outcome job [answer]                              a client; answer CANCELLED if the api said so
 * requeue  at done outcome job                                       a client: an ended job is to run again
 * start    at job token attempt worker                               a task, as its first deed
 * stop     at job token worker                                       a task, as its last deed, however it ends
 * event    entry at type job token attempt [worker] [due] [why]      whoever reads the events from their beginning; entry is
 *          [error]                                                   its id, error the error's type
 * fault    at [until] type [target] [job]                            whoever injects it, see Fault.Type; target is a worker,
 *                                                                    without one all are meant
 * row      at job tenant state attempt run [key] [last]              whoever reads the record; last false for a look on the way
 * place    scan at job key [entry]                                   a look at Redis and at the outbox: a valid place of a job;
 *                                                                    all places of one scan bear its number
 * fire     at schedule tick [job]                                    whoever reads the record: what became of a schedule's tick;
 *                                                                    job if it made one
 * lapse    at worker gone ofThisLife by steady                       whoever sees that a lease is let run out: for how many
 *                                                                    milliseconds the worker's connection had been gone,
 *                                                                    and that of the one who did it had stood
 * left     at what count                                             the last look at Redis, where nothing should be left
 * </pre>
 */
@NullMarked
package dev.millrace.proving.checker.history;

import org.jspecify.annotations.NullMarked;
