/**
 * The loop around a long-running role: a class with one verb that a test can call once.
 *
 * <p>A loop survives whatever its step throws, says what happens next, tells when it turned last, and ends only when it
 * is asked to. It decides nothing else: how long to pause is the step's answer.
 */
@NullMarked
package dev.millrace.loop;

import org.jspecify.annotations.NullMarked;
