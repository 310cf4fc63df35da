/**
 * What makes workflows move. The commit that ends a member leaves mail for its workflow; a turn, of any instance, takes what mail there
 * is, decides, and writes what follows, all in one transaction: so each end is counted once, and each member made once. Turns pass over
 * workflows that others have locked, so that one turn at a time moves a workflow and none waits. Between the two commits nothing is
 * lost but the wake-up in memory; then any instance finds the mail within 250 ms.
 *
 * <p>A workflow whose turn fails is tried alone; after the third failure in a row it ends {@code FAILED} as {@code Broken}.
 */
@NullMarked
package dev.millrace.api.workflows.engine;

import org.jspecify.annotations.NullMarked;
