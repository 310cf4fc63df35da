package dev.millrace.ctl.queues;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List queues with what waits and runs in them.")
public final class ListQueues implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        return session.list(Call.get("/queues"), most, QueueTable.empty(), QueueTable::row);
    }
}
