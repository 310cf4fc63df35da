package dev.millrace.worker;

import dev.millrace.fleet.WorkerEvent.Mode;

/**
 * Who a worker is, as it announces itself.
 *
 * @param id of this process, never used again
 * @param version of the program
 */
public record WorkerIdentity(String id, String host, String version, Mode mode) {}
