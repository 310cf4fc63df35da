package dev.millrace.ctl.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Make a token, and print it: this once, nothing shows it again.")
public final class CreateToken implements Verb {

    /** What a caller may; each role all that those before it may. */
    enum Role {
        VIEWER,
        SUBMITTER,
        OPERATOR,
        ADMIN
    }

    @Parameters(paramLabel = "NAME", description = "What it is for.")
    String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What its holder may: ${COMPLETION-CANDIDATES}.")
    Role role = Role.VIEWER;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Of another tenant than yours.")
    Optional<String> tenant = Optional.empty();

    @Option(names = "--expires-in", paramLabel = "SPAN", description = "When it is worth nothing any more: 30d (90d).")
    Optional<Duration> expiresIn = Optional.empty();

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            description = "How fast it may call an instance of the server; what holds for all, if it is left out.")
    Optional<Long> requestsPerSecond = Optional.empty();

    @Override
    public Exit run(Session session) {
        ObjectNode request =
                Json.object().put("name", name).put("role", role.name().toLowerCase(Locale.ROOT));
        tenant.ifPresent(value -> request.put("tenant", value));
        expiresIn.ifPresent(span ->
                request.put("expiresAt", session.time().instant().plus(span).toString()));
        requestsPerSecond.ifPresent(value -> request.put("requestsPerSecond", value));
        return session.show(Call.post("/tokens").json(request), token -> show(token, session));
    }

    private static void show(JsonNode token, Session session) {
        session.out().line(token.path("token").asText());
        session.out()
                .note("%s of tenant %s, expires %s."
                        .formatted(
                                token.path("role").asText(),
                                token.path("tenant").asText(),
                                session.cells().moment(token.path("expiresAt"))));
    }
}
