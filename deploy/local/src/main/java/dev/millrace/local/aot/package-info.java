/**
 * What a JDK from 25 on keeps of a service's classes, loaded, linked and profiled, so that its next process starts with
 * less than half the work.
 *
 * <p>{@link dev.millrace.local.aot.AotCaches} knows which file belongs to which build, JDK and options: one that fits
 * anything else is never named to a JVM. {@link dev.millrace.local.aot.Training} makes what is missing in a process of its
 * own. Nothing here can stop or delay {@code ./millrace up}.
 */
@NullMarked
package dev.millrace.local.aot;

import org.jspecify.annotations.NullMarked;
