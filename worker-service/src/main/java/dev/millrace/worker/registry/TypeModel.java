package dev.millrace.worker.registry;

import java.util.List;
import java.util.function.Supplier;

/**
 * As much of a Java type as the rules for tasks need.
 *
 * @param kind what the type is to a task
 * @param name the name of its class, as {@code Class.forName} takes it
 * @param arguments its type arguments
 * @param components of a record: the types of its components; asked for late, because records may contain themselves
 * @param registered whether its members can be reached in a native image: {@code @RegisterForReflection} stands on it,
 *     or it needs none
 */
record TypeModel(
        Kind kind, String name, List<TypeModel> arguments, Supplier<List<TypeModel>> components, boolean registered) {

    enum Kind {
        NOTHING,
        UNI,
        CONTEXT,
        RECORD,
        TREE,
        VALUE,
        CONTAINER,
        OTHER
    }

    /** A type without type arguments or components, for which nothing needs to be registered. */
    static TypeModel plain(Kind kind, String name) {
        return new TypeModel(kind, name, List.of(), List::of, true);
    }

    static TypeModel generic(Kind kind, String name, List<TypeModel> arguments) {
        return new TypeModel(kind, name, arguments, List::of, true);
    }
}
