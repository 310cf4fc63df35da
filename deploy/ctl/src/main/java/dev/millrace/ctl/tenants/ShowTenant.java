package dev.millrace.ctl.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a tenant.")
public final class ShowTenant implements Verb {

    @Parameters(paramLabel = "TENANT", description = "Its name.")
    String name = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/tenants/{}", name), tenant -> show(tenant, session));
    }

    static void show(JsonNode tenant, Session session) {
        session.out()
                .text(new Details()
                        .add("tenant", Cells.text(tenant.path("name")))
                        .add("queued jobs", limit(tenant, "queuedJobs"))
                        .add("schedules", limit(tenant, "schedules"))
                        .add("streams", limit(tenant, "streams"))
                        .add("submits a second", limit(tenant, "submitsPerSecond"))
                        .add("created", session.cells().moment(tenant.path("createdAt")))
                        .add("changed", session.cells().moment(tenant.path("updatedAt")))
                        .add("version", Cells.text(tenant.path("version")))
                        .text());
    }

    private static String limit(JsonNode tenant, String quota) {
        JsonNode limit = tenant.path("quotas").path(quota);
        return limit.isNumber() ? Cells.text(limit) : "no limit";
    }
}
