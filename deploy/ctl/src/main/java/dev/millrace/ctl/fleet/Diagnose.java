package dev.millrace.ctl.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "diagnose",
        description = "Look for what keeps jobs from running, and say what to do. Ends with 1 if something is found.")
public final class Diagnose implements Verb {

    private static final String QUEUED = "QUEUED";

    @Override
    public Exit run(Session session) {
        List<Finding> findings = findings(new Installation(session.server()), session);
        boolean bad = findings.stream().anyMatch(one -> one.level() == Finding.Level.BAD);
        if (session.out().json()) {
            session.out().body(Json.text(document(findings, bad)));
        } else {
            findings.forEach(finding -> show(finding, session.out()));
        }
        return bad ? Exit.REFUSED : Exit.DONE;
    }

    private static List<Finding> findings(Installation installation, Session session) {
        Answer root = installation.root();
        List<Finding> findings = new ArrayList<>();
        Checks.clock(root.header("Date"), session.time().instant()).ifPresent(findings::add);
        List<Finding> readiness = Checks.readiness(installation.readiness());
        findings.addAll(readiness);
        if (readiness.stream().allMatch(one -> one.level() == Finding.Level.OK)) {
            installation
                    .diagnosis()
                    .ifPresentOrElse(told -> findings.addAll(Checks.told(told)), () -> addWork(installation, findings));
        }
        return findings;
    }

    /** Of a server that does not look itself. */
    private static void addWork(Installation installation, List<Finding> findings) {
        findings.add(Checks.workers(installation.workers()));
        for (JsonNode task : installation.tasks()) {
            long waiting = task.path("workers").isEmpty()
                    ? installation
                            .countsOf(task.path("name").asText())
                            .path(QUEUED)
                            .asLong()
                    : 0;
            if (waiting > 0) {
                findings.add(Checks.unservedTask(task.path("name").asText(), waiting));
            }
        }
        Optional<List<JsonNode>> queues = installation.queues();
        findings.addAll(queues.map(Checks::queues)
                .orElseGet(() -> List.of(
                        Checks.backlog(installation.counts().path(QUEUED).asLong()))));
        findings.add(Checks.deadLetters(installation.hasDeadLetters()));
    }

    private static void show(Finding finding, Output out) {
        String level = finding.level().name().toLowerCase(Locale.ROOT);
        out.line("%-4s  %s: %s".formatted(level, finding.check(), finding.found()));
        if (!finding.advice().isEmpty()) {
            out.line("      " + finding.advice());
        }
    }

    private static ObjectNode document(List<Finding> findings, boolean bad) {
        ObjectNode document = Json.object().put("healthy", !bad);
        ArrayNode checks = document.putArray("checks");
        findings.forEach(one -> checks.addObject()
                .put("check", one.check())
                .put("status", one.level().name().toLowerCase(Locale.ROOT))
                .put("finding", one.found())
                .put("recommendation", one.advice()));
        return document;
    }
}
