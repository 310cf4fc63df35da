/**
 * Judges a run of Millrace by what was seen of it from outside: what clients asked for and were told, what workers ran,
 * which events Redis held, which faults were injected, what PostgreSQL says at the end, and what was left in Redis.
 *
 * <p>The checker reads the {@link dev.millrace.proving.checker.history history} twice: once for the verdict, which keeps a
 * few hundred bytes for each job, and once for the timelines of the jobs that broke a rule. It knows nothing of how Millrace works, only what must hold.
 */
@NullMarked
package dev.millrace.proving.checker;

import org.jspecify.annotations.NullMarked;
