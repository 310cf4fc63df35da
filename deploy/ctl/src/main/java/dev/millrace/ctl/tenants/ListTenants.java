package dev.millrace.ctl.tenants;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List tenants with their limits: - is none.")
public final class ListTenants implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Table table = new Table(
                Column.whole("TENANT"),
                Column.number("QUEUED JOBS"),
                Column.number("SCHEDULES"),
                Column.number("STREAMS"),
                Column.number("SUBMITS/S"),
                Column.number("VERSION"));
        return session.list(Call.get("/tenants"), most, table, tenant -> new String[] {
            Cells.text(tenant.path("name")),
            Cells.text(tenant.at("/quotas/queuedJobs")),
            Cells.text(tenant.at("/quotas/schedules")),
            Cells.text(tenant.at("/quotas/streams")),
            Cells.text(tenant.at("/quotas/submitsPerSecond")),
            Cells.text(tenant.path("version"))
        });
    }
}
