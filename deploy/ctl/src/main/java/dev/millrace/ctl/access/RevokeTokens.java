package dev.millrace.ctl.access;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Make tokens worthless, within 5 s and everywhere.")
public final class RevokeTokens implements Verb {

    @Parameters(
            arity = "1..*",
            paramLabel = "TOKEN",
            description = "Their ids: the second part of each, not the secret.")
    List<String> ids = List.of();

    @Override
    public Exit run(Session session) {
        return session.each(
                ids,
                id -> session.show(
                        Call.delete("/tokens/{}", id), nothing -> session.out().line(id + " is revoked")));
    }
}
