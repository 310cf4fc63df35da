/**
 * What the tests of all services share: a clock to set, a real Redis for each test class, jobs, and what is wrong with
 * entries. The suites of the streams and the rules of the house have rooms of their own.
 *
 * <p>Nothing here waits for time to pass: entries are aged, and what must arrive is awaited with a deadline.
 */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
