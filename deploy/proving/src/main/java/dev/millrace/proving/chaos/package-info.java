/**
 * {@code ./millrace chaos}: the platform as real processes on this machine, under load, while processes are killed, paused and
 * replaced, servers lose their data, and links break. Each scenario has a platform of its own, ends by itself, and is held
 * against the promises: nothing accepted is lost, nothing ends twice, what runs twice is explained by a fault, and at rest
 * nothing is left.
 *
 * <pre>
 * scenario ──► platform: servers, links, services, clients ──► history ──► verdict ──► report
 * </pre>
 */
@NullMarked
package dev.millrace.proving.chaos;

import org.jspecify.annotations.NullMarked;
