/**
 * What turns a long-running role, which is a class with one verb that a test can call once: a loop, which has a thread, for a
 * role that waits for something or says itself when it is due next; a duty, which is called at a fixed rate, for a short one.
 *
 * <p>A loop survives whatever its step throws, says what happens next, knows when it turned last, and ends only when it
 * is asked to. It decides nothing else: how long to pause is the step's answer.
 */
@NullMarked
package dev.millrace.loop;

import org.jspecify.annotations.NullMarked;
