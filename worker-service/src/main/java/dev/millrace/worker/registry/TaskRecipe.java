package dev.millrace.worker.registry;

import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.invoke.Invoker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the registry at start from what the build found: {@value #WIDTH} texts and an invoker for each task. */
public final class TaskRecipe implements SyntheticBeanCreator<TaskRegistry> {

    static final String TEXTS = "texts";
    static final String CLASSES = "classes";
    static final String INVOKERS = "invokers";
    private static final int WIDTH = 8;

    /** What {@link #definition} reads, in the same order. */
    static List<String> texts(TaskMethod task, List<String> classNames) {
        return List.of(
                task.name(),
                task.queue(),
                task.timeout(),
                task.description(),
                Boolean.toString(task.idempotent()),
                Boolean.toString(task.wantsContext()),
                TypeText.write(task.payload(), classNames),
                TypeText.write(task.result(), classNames));
    }

    @Override
    public TaskRegistry create(Instance<Object> beans, Parameters found) {
        List<String> texts = List.of(found.get(TEXTS, String[].class));
        List<Class<?>> classes = List.of(found.get(CLASSES, Class[].class));
        Invoker<?, ?>[] invokers = found.get(INVOKERS, Invoker[].class);
        List<TaskDefinition> tasks = new ArrayList<>();
        for (int i = 0; i < invokers.length; i++) {
            tasks.add(definition(texts.subList(i * WIDTH, (i + 1) * WIDTH), classes, invokers[i]));
        }
        return new TaskRegistry(tasks);
    }

    private static TaskDefinition definition(List<String> texts, List<Class<?>> classes, Invoker<?, ?> invoker) {
        return new TaskDefinition(
                new TaskName(texts.get(0)),
                new QueueName(texts.get(1)),
                Duration.parse(texts.get(2)),
                texts.get(3),
                Boolean.parseBoolean(texts.get(4)),
                TypeText.read(texts.get(6), classes),
                TypeText.read(texts.get(7), classes),
                call(invoker, Boolean.parseBoolean(texts.get(5))));
    }

    private static TaskDefinition.Call call(Invoker<?, ?> invoker, boolean wantsContext) {
        return wantsContext
                ? (payload, context) -> invoker.invoke(null, new Object[] {payload, context})
                : (payload, context) -> invoker.invoke(null, new Object[] {payload});
    }
}
