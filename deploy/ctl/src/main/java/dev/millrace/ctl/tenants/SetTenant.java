package dev.millrace.ctl.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.IfVersion;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Change what a tenant may have at a time. Needs MILLRACE_ADMIN_TOKEN.")
public final class SetTenant implements Verb {

    @Parameters(paramLabel = "TENANT", description = "Its name.")
    String name = "";

    @Mixin
    QuotaOptions limits = new QuotaOptions();

    @Mixin
    IfVersion insists = new IfVersion();

    @Override
    public Exit run(Session session) {
        ObjectNode quotas = limits.quotas();
        if (quotas.isEmpty()) {
            throw new Unusable("Nothing is to be set: give one of the limits, or several.");
        }
        ObjectNode body = Json.object();
        body.set("quotas", quotas);
        return session.show(
                insists.on(Call.patch("/tenants/{}", name)).json(body), tenant -> ShowTenant.show(tenant, session));
    }
}
