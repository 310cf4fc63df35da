/**
 * Where a service may listen, and what it asks of whoever reaches it there.
 *
 * <p>On loopback nobody else is. Anywhere else access control has to be on: the api then asks for tokens, of which it has a record;
 * workers and schedulers, which have none, show their health to everybody and their meters to whoever has the one token that they were
 * started with ({@link dev.millrace.listen.PortGuard}).
 */
@NullMarked
package dev.millrace.listen;

import org.jspecify.annotations.NullMarked;
