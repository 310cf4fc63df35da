/** What the tasks themselves have written down. No statistics of the platform are trusted. */
@NullMarked
package dev.millrace.bench.records;

import org.jspecify.annotations.NullMarked;
