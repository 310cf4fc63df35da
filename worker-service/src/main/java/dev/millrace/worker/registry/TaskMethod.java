package dev.millrace.worker.registry;

import java.util.List;

/**
 * A {@code @Task} method as it was declared, right or wrong.
 *
 * @param place class and method, for people
 * @param retryOn names of classes
 * @param failOn names of classes
 * @param callable whether it is neither private nor static
 */
record TaskMethod(
        String place,
        String name,
        String queue,
        AnnotatedPolicy policy,
        List<String> retryOn,
        List<String> failOn,
        String description,
        boolean idempotent,
        boolean callable,
        List<TypeModel> parameters,
        TypeModel returned) {

    TypeModel payload() {
        return parameters.getFirst();
    }

    boolean wantsContext() {
        return parameters.size() == 2;
    }

    /** What the task ends with: the item of a {@code Uni}, else what the method returns. */
    TypeModel result() {
        return returned.kind() == TypeModel.Kind.UNI && returned.arguments().size() == 1
                ? returned.arguments().getFirst()
                : returned;
    }
}
