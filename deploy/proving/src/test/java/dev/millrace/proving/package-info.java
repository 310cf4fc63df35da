/**
 * The whole platform as its users run it: real processes, started by the launcher, met over HTTP, and killed.
 *
 * <p>What these tests know of the platform is the contract: REST, event streams and {@code run.json}.
 */
@NullMarked
package dev.millrace.proving;

import org.jspecify.annotations.NullMarked;
