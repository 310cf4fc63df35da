/**
 * Commands to processes, and their replies.
 *
 * <pre>
 * api ── XADD ──► control ── a group of each process ──► obeyed once, within its time
 *  ▲                                                        │
 *  └── XREAD behind the command's id ◄── control-replies ◄──┘
 * </pre>
 *
 * <p>Nothing here is a record: a command that is lost, because Redis was emptied or nobody read it in time, is one that nobody
 * replies to, and whoever asked is told so. A process that comes to a command late does not obey it: its group begins at the
 * stream's start, so that a group which was lost with Redis's data misses nothing, and the command's id and Redis's clock say how old it is.
 */
@NullMarked
package dev.millrace.stream.control;

import org.jspecify.annotations.NullMarked;
