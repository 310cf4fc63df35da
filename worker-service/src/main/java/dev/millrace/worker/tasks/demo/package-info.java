/**
 * Tasks to try Millrace with: one that answers, one that takes its time, one that goes wrong on demand, one that orders
 * jobs.
 *
 * <p>They do no work of their own, so whatever a demonstration or a test sees is the platform's doing. {@code demo.fail}
 * with {@code kind: crash} kills the process of its worker; that is its purpose.
 */
@NullMarked
package dev.millrace.worker.tasks.demo;

import org.jspecify.annotations.NullMarked;
