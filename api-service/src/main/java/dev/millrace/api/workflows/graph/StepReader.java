package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.json.JsonFields;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads single steps: their kinds, and what each kind may have beside it. */
final class StepReader {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String DURATION = "a duration of PT0.001S to P365D such as PT1H";

    static final Set<String> KINDS = Set.of("task", "map", "workflow", "wait", "signal", "chain", "group", "graph");
    private static final Set<String> COMMON = Set.of("name", "label", "when", "onFailure", "compensate");
    static final Set<String> LATER = Set.of("unique");

    private static final Set<String> JOB = Set.of(
            "payload",
            "queue",
            "priority",
            "delay",
            "ttl",
            "timeout",
            "softTimeout",
            "retry",
            "tags",
            "metadata",
            "ignoreResult",
            "resultTtl");

    private final Findings findings;
    private final MemberReader members;

    StepReader(Findings findings, MemberReader.Inner inner) {
        this.findings = findings;
        this.members = new MemberReader(this, findings, inner);
    }

    /** Null if it is none that can be gone on with; then why was told. */
    @Nullable
    Step read(JsonFields fields, boolean inGraph, int depth) {
        List<String> kinds = fields.names().filter(KINDS::contains).toList();
        if (kinds.size() != 1) {
            findings.graph(
                    fields.pointer(),
                    "A step has exactly one of 'task', 'map', 'chain', 'group', 'graph', 'wait', 'signal' and 'workflow'.");
            return null;
        }
        String kind = kinds.getFirst();
        Set<String> known = new HashSet<>(COMMON);
        known.add(kind);
        if (inGraph) {
            known.add("after");
        }
        return switch (kind) {
            case "task" -> task(fields, plus(known, JOB));
            case "map" -> members.map(fields, plus(known, Set.of("tolerate")), depth);
            case "wait" -> waiting(fields, known);
            case "signal" -> signal(fields, plus(known, Set.of("timeout", "onTimeout", "schema")));
            case "chain" -> scope(fields, known, kind, new Step.Chain());
            case "group" -> scope(fields, plus(known, Set.of("tolerate")), kind, new Step.Group(tolerance(fields)));
            case "graph" -> scope(fields, known, kind, new Step.Dag());
            default -> members.child(fields, plus(known, Set.of("input", "retry")), depth);
        };
    }

    private static Set<String> plus(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** A task where nothing but a task may stand, without a name that others could refer to. */
    Step.@Nullable Task bareTask(JsonNode json, String pointer) {
        if (!json.isObject() || !json.path("task").isTextual()) {
            findings.graph(pointer, "This is to be a step with 'task'.");
            return null;
        }
        JsonFields fields = new JsonFields(pointer, json, findings.invalid());
        Step.Task task = task(fields, plus(JOB, Set.of("task", "name", "label")));
        if (task.payload() == null) {
            findings.graph(pointer, "'payload' is missing; nothing comes before this step that it could take.");
        }
        return task;
    }

    private Step.Task task(JsonFields fields, Set<String> known) {
        findings.checkFields(fields, known, LATER);
        ObjectNode job = fields.object().deepCopy();
        job.retain(plus(JOB, Set.of("task")));
        JsonNode payload = job.remove("payload");
        return new Step.Task(job, payload);
    }

    private @Nullable Step waiting(JsonFields step, Set<String> known) {
        findings.checkFields(step, known, LATER);
        JsonFields wait = step.object("wait");
        if (wait == null) {
            return null;
        }
        findings.checkFields(wait, Set.of("for", "until"), Set.of());
        Duration duration = wait.text("for", DURATION, StepReader::duration);
        JsonNode until = wait.object().get("until");
        if (wait.has("for") == (until != null)) {
            findings.graph(wait.pointer(), "A wait has either 'for', a duration, or 'until', a time.");
        } else if (until != null && until.isTextual()) {
            wait.text("until", "a time such as 2026-01-31T12:00:00Z", text -> OffsetDateTime.parse(text));
        }
        return new Step.Wait(duration, until);
    }

    private @Nullable Step signal(JsonFields step, Set<String> known) {
        findings.checkFields(step, known, LATER);
        String name = step.text("signal", "a name of [A-Za-z0-9_-]{1,64}", StepReader::signalName);
        Duration timeout = step.text("timeout", DURATION, StepReader::duration);
        String onTimeout = step.text("onTimeout", "'fail' or 'continue'", StepReader::onTimeout);
        JsonNode schema = step.object().get("schema");
        if (onTimeout != null && timeout == null) {
            findings.graph(step.pointer("onTimeout"), "'onTimeout' says nothing without 'timeout'.");
        }
        return name == null ? null : new Step.Signal(name, timeout, "continue".equals(onTimeout), schema);
    }

    private @Nullable Step scope(JsonFields step, Set<String> known, String kind, Step scope) {
        findings.checkFields(step, known, LATER);
        JsonNode inner = step.object().get(kind);
        boolean right = kind.equals("graph") ? inner.isObject() : inner.isArray();
        if (!right) {
            findings.graph(
                    step.pointer(kind),
                    "'" + kind + "' is to be " + (kind.equals("graph") ? "an object" : "a list") + " of steps.");
            return null;
        }
        if (inner.isEmpty() && !kind.equals("group")) {
            findings.graph(step.pointer(kind), "A " + kind + " has at least one step.");
        }
        return scope;
    }

    /** What a step says of its failure. */
    FailureRule failureRule(JsonFields fields) {
        FailureRule rule = fields.read("onFailure", "'fail', 'abort', 'partial' or {\"result\": …}", StepReader::rule);
        return rule == null ? FailureRule.FAIL : rule;
    }

    private static FailureRule rule(JsonNode value) {
        if (value.isObject()) {
            JsonFields.require(value.size() == 1 && value.has("result"));
            return new FailureRule(FailureRule.Kind.RESULT, value.get("result"));
        }
        return switch (value.asText()) {
            case "fail" -> FailureRule.FAIL;
            case "abort" -> new FailureRule(FailureRule.Kind.ABORT, null);
            case "partial" -> new FailureRule(FailureRule.Kind.PARTIAL, null);
            default -> throw new IllegalArgumentException("no rule");
        };
    }

    static Tolerance tolerance(JsonFields fields) {
        Tolerance given = fields.read(
                "tolerate", "\"all\", {\"failures\": number} or {\"percent\": 0 to 100}", StepReader::tolerance);
        return given == null ? Tolerance.NONE : given;
    }

    private static Tolerance tolerance(JsonNode value) {
        if (value.isTextual() && value.textValue().equals("all")) {
            return Tolerance.ALL;
        }
        JsonFields.require(value.isObject() && value.size() == 1);
        return value.has("percent")
                ? new Tolerance(Integer.MAX_VALUE, number(value.get("percent"), 0, 100))
                : new Tolerance(number(value.path("failures"), 0, Integer.MAX_VALUE), 100);
    }

    static Integer number(JsonNode value, int least, int most) {
        JsonFields.require(value.isIntegralNumber() && value.canConvertToInt());
        JsonFields.require(value.intValue() >= least && value.intValue() <= most);
        return value.intValue();
    }

    private static Duration duration(String text) {
        Duration given = Duration.parse(text);
        JsonFields.require(given.compareTo(Duration.ofMillis(1)) >= 0 && given.compareTo(LONGEST) <= 0);
        return given;
    }

    private static String signalName(String text) {
        JsonFields.require(text.matches("[A-Za-z0-9_-]{1,64}"));
        return text;
    }

    private static String onTimeout(String text) {
        JsonFields.require(text.equals("fail") || text.equals("continue"));
        return text;
    }
}
