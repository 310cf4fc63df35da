/**
 * Which server is meant, and with which token: from options, the environment, or a profile in a file that nobody else may read. A
 * token that stands beside one URL is never sent to another.
 */
@NullMarked
package dev.millrace.ctl.profile;

import org.jspecify.annotations.NullMarked;
