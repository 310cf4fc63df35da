/** Whose jobs there are: the tenants of an installation, and how much each of them may have at a time. */
@NullMarked
package dev.millrace.api.tenants;

import org.jspecify.annotations.NullMarked;
