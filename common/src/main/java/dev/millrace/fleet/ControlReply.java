package dev.millrace.fleet;

import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.job.EntryId;
import dev.millrace.names.Labelled;
import java.util.Optional;

/**
 * What a process answers to a command, once it has obeyed it or has seen that it will not.
 *
 * @param command the place of the command on its stream
 * @param from the id of the process
 * @param outcome whether it obeyed
 * @param detail one sentence for people
 * @param state how a worker is behind it; empty of what is no worker
 */
public record ControlReply(EntryId command, String from, Outcome outcome, String detail, Optional<Beat> state) {

    /** Whether it obeyed. */
    public enum Outcome implements Labelled {
        DONE,
        /** It cannot, and has changed nothing. */
        REFUSED
    }

    public ControlReply {
        FleetRules.worker(from);
        FleetRules.notBlank("detail", detail);
    }
}
