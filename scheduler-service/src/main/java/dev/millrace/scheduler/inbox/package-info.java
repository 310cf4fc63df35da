/**
 * What the api sends to the schedulers: commands, and answers to what fired. One group reads it, so each entry is for one
 * scheduler. An entry is acknowledged when all that follows from it is committed and published; a scheduler that dies before
 * leaves it to another, half a minute later. What cannot be read goes to quarantine, and its neighbours go on.
 */
@NullMarked
package dev.millrace.scheduler.inbox;

import org.jspecify.annotations.NullMarked;
