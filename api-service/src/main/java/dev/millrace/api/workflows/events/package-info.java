/**
 * Tells clients of the changes of a workflow as they are committed. Every commit that changes something visible raises the version of the
 * workflow, and stamps it on the nodes that it changed; a stream is the nodes with a version above the last one told. So a client that
 * comes back misses nothing and hears nothing twice, without any log: what it missed in between is merged.
 */
@NullMarked
package dev.millrace.api.workflows.events;

import org.jspecify.annotations.NullMarked;
