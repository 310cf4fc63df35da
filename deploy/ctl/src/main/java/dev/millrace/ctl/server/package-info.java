/**
 * The api as a client has it: calls, answers, refusals, and event streams that are taken up again where they broke off.
 */
@NullMarked
package dev.millrace.ctl.server;

import org.jspecify.annotations.NullMarked;
