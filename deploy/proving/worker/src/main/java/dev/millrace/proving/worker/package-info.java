/**
 * The worker that is killed: the worker-service as a library, with tasks that keep a journal of themselves.
 *
 * <p>The journal is one file for all workers, {@code millrace.worker.tasks.chaos.journal}. The first deed of each run and its
 * last one are a line of JSON each, so that a run that was killed has only the first. A line is with the system before the
 * task goes on, and outlives a {@code kill -9}:
 *
 * <pre>{"kind":"start","at":1763733600000,"job":"0192…","token":"1.1.1","attempt":1,"worker":"4711"}
 * {"kind":"stop","at":1763733600200,"job":"0192…","token":"1.1.1","worker":"4711"}</pre>
 *
 * <p>{@code at} is in milliseconds since 1970 by the machine's clock, {@code token} is epoch, run and delivery, {@code worker}
 * is the process.
 */
@NullMarked
package dev.millrace.proving.worker;

import org.jspecify.annotations.NullMarked;
