package dev.millrace.worker.registry;

import dev.millrace.task.Task;
import java.util.List;

/**
 * Which exceptions of a task may be tried again.
 *
 * @param retryOn {@link Task#retryOn}
 * @param failOn {@link Task#failOn}
 */
public record RetryTypes(List<Class<?>> retryOn, List<Class<?>> failOn) {

    /** Any exception may. */
    public static final RetryTypes ALL = new RetryTypes(List.of(), List.of());

    public RetryTypes {
        retryOn = List.copyOf(retryOn);
        failOn = List.copyOf(failOn);
    }

    public boolean include(Throwable thrown) {
        return !anyOf(failOn, thrown) && (retryOn.isEmpty() || anyOf(retryOn, thrown));
    }

    private static boolean anyOf(List<Class<?>> types, Throwable thrown) {
        return types.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
