/**
 * The only package that knows Redis: names of streams and keys, the function library that alone moves jobs, and the
 * readers of groups.
 *
 * <p>A job is in exactly one place, which its live marker names: {@code mr:{s}:j:<id>} =
 * {@code epoch.run|place|entry|flags}. Each function of {@code millrace.lua} moves it from one place to the next in one
 * step, and refuses a caller that no longer holds it. A crash between two calls therefore leaves the job where the
 * first call put it; a lost reply leaves it where the function put it, and calling again is answered with that.
 */
@NullMarked
package dev.millrace.stream;

import org.jspecify.annotations.NullMarked;
