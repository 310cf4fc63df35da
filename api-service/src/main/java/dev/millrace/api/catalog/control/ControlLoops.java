package dev.millrace.api.catalog.control;

import dev.millrace.loop.Duties;
import dev.millrace.stream.control.ControlMembers;
import dev.millrace.stream.groups.StreamUpkeep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Keeps the streams of commands and replies short, and free of processes that have ended. */
@ApplicationScoped
class ControlLoops {

    private final ControlMembers members;

    ControlLoops(ControlMembers members) {
        this.members = members;
    }

    void start(@Observes StartupEvent starting, Duties duties) {
        duties.start("control-trim", StreamUpkeep.PERIOD, members::keepUpOnce);
    }
}
