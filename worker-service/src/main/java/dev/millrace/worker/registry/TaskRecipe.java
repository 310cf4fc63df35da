package dev.millrace.worker.registry;

import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.invoke.Invoker;
import java.util.ArrayList;
import java.util.List;

/** Makes the registry at start from what the build found: {@value #WIDTH} texts and an invoker for each task. */
public final class TaskRecipe implements SyntheticBeanCreator<TaskRegistry> {

    static final String TEXTS = "texts";
    static final String CLASSES = "classes";
    static final String INVOKERS = "invokers";
    private static final int OWN = 8;
    private static final int WIDTH = OWN + AnnotatedPolicy.WIDTH;

    /** What {@link #definition} reads, in the same order. */
    static List<String> texts(TaskMethod task, List<String> classNames) {
        List<String> texts = new ArrayList<>(List.of(
                task.name(),
                task.queue(),
                task.description(),
                Boolean.toString(task.idempotent()),
                Boolean.toString(task.wantsContext()),
                TypeText.write(task.payload(), classNames),
                TypeText.write(task.result(), classNames),
                retryTypes(task, classNames)));
        texts.addAll(task.policy().texts());
        return texts;
    }

    private static String retryTypes(TaskMethod task, List<String> classNames) {
        return TypeText.writeClasses(task.retryOn(), classNames)
                + "/"
                + TypeText.writeClasses(task.failOn(), classNames);
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
                AnnotatedPolicy.ofTexts(texts.subList(OWN, WIDTH)).parsed(),
                retryTypes(texts.get(7), classes),
                texts.get(2),
                Boolean.parseBoolean(texts.get(3)),
                TypeText.read(texts.get(5), classes),
                TypeText.read(texts.get(6), classes),
                call(invoker, Boolean.parseBoolean(texts.get(4))));
    }

    private static RetryTypes retryTypes(String text, List<Class<?>> classes) {
        int slash = text.indexOf('/');
        return new RetryTypes(
                TypeText.readClasses(text.substring(0, slash), classes),
                TypeText.readClasses(text.substring(slash + 1), classes));
    }

    private static TaskDefinition.Call call(Invoker<?, ?> invoker, boolean wantsContext) {
        return wantsContext
                ? (payload, context) -> invoker.invoke(null, new Object[] {payload, context})
                : (payload, context) -> invoker.invoke(null, new Object[] {payload});
    }
}
