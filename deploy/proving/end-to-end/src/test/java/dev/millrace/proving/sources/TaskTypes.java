package dev.millrace.proving.sources;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/** The records and enums of an index that JSON of its tasks is read into or written from, at any depth. */
final class TaskTypes {

    private static final DotName TASK = DotName.createSimple("dev.millrace.task.Task");

    private final IndexView index;
    private final Set<String> found = new TreeSet<>();

    private TaskTypes(IndexView index) {
        this.index = index;
    }

    static Set<String> in(IndexView index) {
        TaskTypes types = new TaskTypes(index);
        index.getAnnotations(TASK).forEach(task -> types.reach(task.target().asMethod()));
        return types.found;
    }

    private void reach(MethodInfo method) {
        reach(method.parameterTypes());
        reach(method.returnType());
    }

    private void reach(List<Type> types) {
        types.forEach(this::reach);
    }

    private void reach(Type type) {
        switch (type.kind()) {
            case PARAMETERIZED_TYPE -> {
                reach(type.asParameterizedType().arguments());
                reach(index.getClassByName(type.name()));
            }
            case ARRAY -> reach(type.asArrayType().constituent());
            case CLASS -> reach(index.getClassByName(type.name()));
            default -> {} // holds nothing of ours
        }
    }

    private void reach(@Nullable ClassInfo declaration) {
        if (declaration != null
                && (declaration.isRecord() || declaration.isEnum())
                && found.add(declaration.name().toString())) {
            declaration.recordComponents().stream()
                    .map(RecordComponentInfo::type)
                    .forEach(this::reach);
        }
    }
}
