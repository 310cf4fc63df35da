package dev.millrace.ctl.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Make a tenant. A first token makes one, too, without limits. Needs MILLRACE_ADMIN_TOKEN.")
public final class CreateTenant implements Verb {

    @Parameters(paramLabel = "TENANT", description = "Its name.")
    String name = "";

    @Mixin
    QuotaOptions limits = new QuotaOptions();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object().put("name", name);
        body.set("quotas", limits.quotas());
        return session.show(Call.post("/tenants").json(body), tenant -> ShowTenant.show(tenant, session));
    }
}
