/**
 * Moves jobs. A job is in exactly one place, which its live marker names: {@code mr:{s}:j:<id>} =
 * {@code epoch.run|place|entry|flags}. Each function of the library moves it from one place to the next in one step, and
 * refuses a caller that no longer holds it. A crash between two calls therefore leaves the job where the first call put it;
 * a lost reply leaves it where the function put it, and the same call again is answered with that.
 */
@NullMarked
package dev.millrace.stream.jobs;

import org.jspecify.annotations.NullMarked;
