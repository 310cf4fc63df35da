/**
 * Where the parts of this service meet: who is given which connection, clock and generator, and which loops turn.
 *
 * <p>Only here are the machine's clock and chance named; everything else is given them.
 */
@NullMarked
package dev.millrace.api.service.wiring;

import org.jspecify.annotations.NullMarked;
