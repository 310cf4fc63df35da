/**
 * The only way out: sends a request to what a URL names without being led to an address that is ours to protect.
 *
 * <p>A name is resolved once, every address of it is checked, and the connection goes to the checked address while
 * {@code Host}, SNI and the certificate's check keep the name; each redirect starts over. So a name that changes its
 * address between check and use gains nothing. Time, size, inflation and redirects are bounded.
 */
@NullMarked
package dev.millrace.worker.outbound;

import org.jspecify.annotations.NullMarked;
