/**
 * Processes: how each is started, when it is ready, what happens when it dies, and how all are ended.
 *
 * <p>{@link dev.millrace.local.run.Program} is one thing to run, {@link dev.millrace.local.run.Children} has charge of
 * every process from its first moment, {@link dev.millrace.local.run.Supervisor} starts again what died. After
 * {@code Children.close()} nothing runs and nothing can be started, whoever was in the middle of starting it. Where it is
 * never called, {@link dev.millrace.local.run.Watchdog} ends what runs.
 */
@NullMarked
package dev.millrace.local.run;

import org.jspecify.annotations.NullMarked;
