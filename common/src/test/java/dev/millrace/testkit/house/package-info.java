/** The rules that every package keeps: of the classes, of the sources, and of who sees whom. */
@NullMarked
package dev.millrace.testkit.house;

import org.jspecify.annotations.NullMarked;
