package dev.millrace.api.workflows.graph;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that is wrong with a graph, by the type of problem that it is answered with. */
final class Findings {

    /** A client is told of one type at a time, the earliest first: until a graph is understood, the rest is guesswork. */
    private static final List<ProblemType> ORDER = List.of(
            ProblemType.UNKNOWN_FIELD, ProblemType.NOT_AVAILABLE, ProblemType.INVALID, ProblemType.GRAPH_INVALID);

    private final Map<ProblemType, List<Violation>> found = new LinkedHashMap<>();

    void add(ProblemType type, String pointer, String detail) {
        of(type).add(new Violation(pointer, detail));
    }

    void graph(String pointer, String detail) {
        add(ProblemType.GRAPH_INVALID, pointer, detail);
    }

    /** Tells of the fields that an object must not have, and of those that no release yet honours. */
    void checkFields(JsonFields fields, Set<String> known, Set<String> later) {
        fields.names().filter(name -> !known.contains(name)).forEach(name -> {
            if (later.contains(name)) {
                add(
                        ProblemType.NOT_AVAILABLE,
                        fields.pointer(name),
                        "This release cannot honour '" + name + "'. Remove it.");
            } else {
                add(
                        ProblemType.UNKNOWN_FIELD,
                        fields.pointer(name),
                        "There is no such field here. Remove it, or correct its name.");
            }
        });
    }

    /** Where wrong types and ranges of fields are noted. */
    List<Violation> invalid() {
        return of(ProblemType.INVALID);
    }

    Optional<Problem> problem() {
        return ORDER.stream().filter(type -> !of(type).isEmpty()).findFirst().map(type -> Problem.of(type, of(type)));
    }

    private List<Violation> of(ProblemType type) {
        return found.computeIfAbsent(type, one -> new ArrayList<>());
    }
}
