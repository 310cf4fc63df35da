/** What a native executable of the sources would lack, found without building one. */
@NullMarked
package dev.millrace.proving.sources;

import org.jspecify.annotations.NullMarked;
