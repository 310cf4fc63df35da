package dev.millrace.worker.registry;

import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.worker.registry.TypeModel.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules for {@code @Task} methods. Each problem is a sentence that names the method and says what to do. */
final class TaskRules {

    private static final Set<Kind> PAYLOADS = EnumSet.of(Kind.RECORD, Kind.TREE);
    private static final Set<Kind> RESULTS =
            EnumSet.of(Kind.NOTHING, Kind.RECORD, Kind.TREE, Kind.VALUE, Kind.CONTAINER);

    private TaskRules() {}

    /** Everything that is wrong with one method; nothing if it is right. */
    static List<String> problems(TaskMethod method) {
        List<String> problems = new ArrayList<>();
        checkName(method, problems);
        checkQueue(method, problems);
        checkTerms(method, problems);
        checkCallable(method, problems);
        checkSignature(method, problems);
        checkReflection(method, problems);
        return problems;
    }

    /** Two methods that claim the same name. */
    static String duplicate(TaskMethod one, TaskMethod other) {
        return "Task '%s' is declared twice, by %s and by %s: names are unique within a worker, rename one."
                .formatted(one.name(), one.place(), other.place());
    }

    private static void checkName(TaskMethod method, List<String> problems) {
        try {
            new TaskName(method.name());
        } catch (IllegalArgumentException e) {
            problems.add("@Task on %s has the name '%s': %s".formatted(method.place(), method.name(), e.getMessage()));
        }
    }

    private static void checkQueue(TaskMethod method, List<String> problems) {
        try {
            new QueueName(method.queue());
        } catch (IllegalArgumentException e) {
            problems.add("%s has the queue '%s': %s".formatted(head(method), method.queue(), e.getMessage()));
        }
    }

    private static void checkTerms(TaskMethod method, List<String> problems) {
        try {
            method.policy().parsed();
        } catch (IllegalArgumentException e) {
            problems.add(head(method) + " has limits or a retry policy that cannot be: " + e.getMessage());
        }
    }

    private static void checkCallable(TaskMethod method, List<String> problems) {
        if (!method.callable()) {
            problems.add(
                    head(method) + " is private or static: a task is a method of a bean, package-private at least.");
        }
    }

    private static void checkSignature(TaskMethod method, List<String> problems) {
        if (!hasRightParameters(method)) {
            problems.add(head(method)
                    + " must take its payload, a record or JsonNode, and after it at most a TaskContext; it takes "
                    + names(method.parameters()) + ".");
        }
        if (!RESULTS.contains(method.result().kind())) {
            problems.add(head(method)
                    + " must return a record, a JSON value, a Flow, nothing, or a Uni of one of these; it returns "
                    + names(List.of(method.returned())) + ".");
        }
    }

    private static boolean hasRightParameters(TaskMethod method) {
        List<TypeModel> parameters = method.parameters();
        return switch (parameters.size()) {
            case 1 -> PAYLOADS.contains(parameters.getFirst().kind());
            case 2 ->
                PAYLOADS.contains(parameters.getFirst().kind())
                        && parameters.get(1).kind() == Kind.CONTEXT;
            default -> false;
        };
    }

    private static void checkReflection(TaskMethod method, List<String> problems) {
        Map<String, TypeModel> reached = new LinkedHashMap<>();
        method.parameters().forEach(parameter -> reach(parameter, reached));
        reach(method.returned(), reached);
        reached.values().stream()
                .filter(type -> !type.registered())
                .map(type ->
                        "%s reads or writes %s, which lacks @RegisterForReflection: without it the task fails in a native image."
                                .formatted(head(method), type.name()))
                .forEach(problems::add);
    }

    /** A generic class is met once for each of its uses, because its arguments differ. */
    private static void reach(TypeModel type, Map<String, TypeModel> reached) {
        if (reached.putIfAbsent(names(List.of(type)), type) == null) {
            type.arguments().forEach(argument -> reach(argument, reached));
            type.components().get().forEach(component -> reach(component, reached));
        }
    }

    private static String head(TaskMethod method) {
        return "Task '" + method.name() + "' (" + method.place() + ")";
    }

    private static String names(List<TypeModel> types) {
        return types.isEmpty()
                ? "nothing"
                : String.join(", ", types.stream().map(TaskRules::name).toList());
    }

    private static String name(TypeModel type) {
        return type.arguments().isEmpty() ? type.name() : type.name() + "<" + names(type.arguments()) + ">";
    }
}
