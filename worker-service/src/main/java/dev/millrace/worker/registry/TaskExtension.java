package dev.millrace.worker.registry;

import dev.millrace.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.InvokerInfo;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.Types;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds {@code @Task} methods while an application is built, this one or one that has it as a library, and makes the
 * {@link TaskRegistry} bean from them. A method that breaks a rule fails the build. Runs in the build only.
 */
public final class TaskExtension implements BuildCompatibleExtension {

    private final Map<String, Found> foundByName = new TreeMap<>();

    private record Found(TaskMethod method, InvokerInfo invoker) {}

    /** A class with tasks is a bean, and needs no annotation to say so. */
    @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Task.class)
    public void giveTasksAScope(ClassConfig type) {
        if (declaresTask(type.info()) && !declaresScope(type.info())) {
            type.addAnnotation(ApplicationScoped.class);
        }
    }

    @Registration(types = Object.class)
    public void collect(BeanInfo bean, InvokerFactory invokers, Messages messages) {
        if (bean.isClassBean()) {
            bean.declaringClass().methods().stream()
                    .filter(method -> method.hasAnnotation(Task.class))
                    .forEach(method -> collect(bean, method, invokers, messages));
        }
    }

    @Synthesis
    public void makeRegistry(SyntheticComponents components, Types types) {
        List<Found> found = List.copyOf(foundByName.values());
        List<String> classNames = new ArrayList<>();
        String[] texts = found.stream()
                .flatMap(task -> TaskRecipe.texts(task.method(), classNames).stream())
                .toArray(String[]::new);
        components
                .addBean(TaskRegistry.class)
                .type(TaskRegistry.class)
                .scope(Singleton.class)
                .withParam(TaskRecipe.TEXTS, texts)
                .withParam(TaskRecipe.CLASSES, declarations(classNames, types))
                .withParam(
                        TaskRecipe.INVOKERS, found.stream().map(Found::invoker).toArray(InvokerInfo[]::new))
                .createWith(TaskRecipe.class);
    }

    private void collect(BeanInfo bean, MethodInfo method, InvokerFactory invokers, Messages messages) {
        TaskMethod task = read(bean, method);
        List<String> problems = TaskRules.problems(task);
        Found other = foundByName.get(task.name());
        if (!problems.isEmpty()) {
            problems.forEach(messages::error);
        } else if (other == null) {
            foundByName.put(task.name(), new Found(task, invoker(bean, method, invokers)));
        } else if (!other.method().place().equals(task.place())) {
            messages.error(TaskRules.duplicate(other.method(), task));
        }
    }

    private static InvokerInfo invoker(BeanInfo bean, MethodInfo method, InvokerFactory invokers) {
        return invokers.createInvoker(bean, method).withInstanceLookup().build();
    }

    private static TaskMethod read(BeanInfo bean, MethodInfo method) {
        AnnotationInfo task = method.annotation(Task.class);
        return new TaskMethod(
                bean.declaringClass().name() + "." + method.name(),
                task.member("name").asString(),
                task.member("queue").asString(),
                policy(task, task.member("retry").asNestedAnnotation()),
                classNames(task.member("retryOn")),
                classNames(task.member("failOn")),
                task.member("description").asString(),
                task.member("idempotent").asBoolean(),
                !Modifier.isPrivate(method.modifiers()) && !Modifier.isStatic(method.modifiers()),
                method.parameters().stream()
                        .map(parameter -> TypeModels.of(parameter.type()))
                        .toList(),
                TypeModels.of(method.returnType()));
    }

    private static AnnotatedPolicy policy(AnnotationInfo task, AnnotationInfo retry) {
        return new AnnotatedPolicy(
                task.member("timeout").asString(),
                task.member("softTimeout").asString(),
                retry.member("maxAttempts").asInt(),
                retry.member("backoff").asString(),
                retry.member("base").asString(),
                retry.member("factor").asDouble(),
                retry.member("max").asString(),
                retry.member("jitter").asString());
    }

    private static List<String> classNames(AnnotationMember classes) {
        return classes.asArray().stream()
                .map(type -> type.asType().asClass().declaration().name())
                .toList();
    }

    private static ClassInfo[] declarations(List<String> names, Types types) {
        return names.stream().map(name -> types.ofClass(name).declaration()).toArray(ClassInfo[]::new);
    }

    /** Whether a class that can be a bean has a method with {@link Task}. */
    public static boolean declaresTask(ClassInfo type) {
        return !type.isAbstract()
                && !type.isInterface()
                && type.methods().stream().anyMatch(method -> method.hasAnnotation(Task.class));
    }

    /** A stereotype may bring a scope, so a class with one is left as it is. */
    public static boolean declaresScope(ClassInfo type) {
        return type.hasAnnotation(annotation -> annotation.declaration().hasAnnotation(Scope.class)
                || annotation.declaration().hasAnnotation(NormalScope.class)
                || annotation.declaration().hasAnnotation(Stereotype.class));
    }
}
