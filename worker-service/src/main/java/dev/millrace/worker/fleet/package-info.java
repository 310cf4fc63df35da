/**
 * What this worker announces about itself on the fleet stream: that it joined, which tasks it offers, that it lives, and that
 * it left.
 */
@NullMarked
package dev.millrace.worker.fleet;

import org.jspecify.annotations.NullMarked;
