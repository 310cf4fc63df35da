package dev.millrace.ctl.workers;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List workers that live.")
public final class ListWorkers implements Verb {

    /** How a worker is. */
    enum WorkerState {
        RUNNING,
        DRAINING,
        GONE
    }

    @Option(names = "--state", paramLabel = "STATE", description = "Those in this state: ${COMPLETION-CANDIDATES}.")
    Optional<WorkerState> state = Optional.empty();

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Call call = Call.get("/workers")
                .query(
                        "state",
                        state.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(null));
        return session.list(call, most, WorkerTable.empty(), worker -> WorkerTable.row(worker, cells));
    }
}
