/**
 * The whole platform as its users run it: real processes, started by the launcher and met over HTTP, or by the chaos, and killed.
 *
 * <p>What these tests know of the platform is the contract: REST, event streams and {@code run.json}.
 */
@NullMarked
package dev.millrace.proving;

import org.jspecify.annotations.NullMarked;
