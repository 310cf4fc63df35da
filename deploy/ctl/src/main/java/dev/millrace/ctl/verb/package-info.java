/**
 * What all verbs share: what they are given, how they end, and how the words of a command line become times, lists and JSON.
 */
@NullMarked
package dev.millrace.ctl.verb;

import org.jspecify.annotations.NullMarked;
