/** JSON from outside, read field by field: all that is wrong with it is told at once, each with its place. */
@NullMarked
package dev.millrace.json;

import org.jspecify.annotations.NullMarked;
