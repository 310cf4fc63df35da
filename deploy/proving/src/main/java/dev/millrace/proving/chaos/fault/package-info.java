/** What is done to the platform, and the account of it. */
@NullMarked
package dev.millrace.proving.chaos.fault;

import org.jspecify.annotations.NullMarked;
