package dev.millrace.worker.flows;

import dev.millrace.flow.Flow;
import dev.millrace.flow.Workflow;
import dev.millrace.names.Names;
import dev.millrace.worker.registry.TaskExtension;
import jakarta.enterprise.context.ApplicationScoped;
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
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.inject.Singleton;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds {@code @Workflow} methods while an application is built, and makes the {@link DeclaredFlows} bean from them. A method that breaks a
 * rule fails the build. Runs in the build only.
 */
public final class WorkflowExtension implements BuildCompatibleExtension {

    private static final int MAX_DESCRIPTION = 1024;

    private final Map<String, Found> foundByName = new TreeMap<>();

    private record Found(String name, String description, String place, InvokerInfo invoker) {

        Stream<String> texts() {
            return Stream.of(name, description, place);
        }
    }

    /** As of classes with tasks, which have theirs already. */
    @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Workflow.class)
    public void giveWorkflowsAScope(ClassConfig type) {
        if (declaresWorkflow(type.info())
                && !TaskExtension.declaresTask(type.info())
                && !TaskExtension.declaresScope(type.info())) {
            type.addAnnotation(ApplicationScoped.class);
        }
    }

    @Registration(types = Object.class)
    public void collect(BeanInfo bean, InvokerFactory invokers, Messages messages) {
        if (bean.isClassBean()) {
            bean.declaringClass().methods().stream()
                    .filter(method -> method.hasAnnotation(Workflow.class))
                    .forEach(method -> collect(bean, method, invokers, messages));
        }
    }

    @Synthesis
    public void makeFlows(SyntheticComponents components) {
        List<Found> found = List.copyOf(foundByName.values());
        components
                .addBean(DeclaredFlows.class)
                .type(DeclaredFlows.class)
                .scope(Singleton.class)
                .withParam(
                        FlowRecipe.TEXTS, found.stream().flatMap(Found::texts).toArray(String[]::new))
                .withParam(
                        FlowRecipe.INVOKERS, found.stream().map(Found::invoker).toArray(InvokerInfo[]::new))
                .createWith(FlowRecipe.class);
    }

    private void collect(BeanInfo bean, MethodInfo method, InvokerFactory invokers, Messages messages) {
        AnnotationInfo workflow = method.annotation(Workflow.class);
        String name = workflow.member("name").asString();
        String description = workflow.member("description").asString();
        String place = bean.declaringClass().name() + "." + method.name();
        List<String> problems = problems(method, name, description, place);
        Found other = foundByName.get(name);
        if (!problems.isEmpty()) {
            problems.forEach(messages::error);
        } else if (other == null) {
            InvokerInfo invoker =
                    invokers.createInvoker(bean, method).withInstanceLookup().build();
            foundByName.put(name, new Found(name, description, place, invoker));
        } else if (!other.place().equals(place)) {
            messages.error("Workflow '%s' is declared twice, by %s and by %s: rename one."
                    .formatted(name, other.place(), place));
        }
    }

    private static List<String> problems(MethodInfo method, String name, String description, String place) {
        List<String> problems = new ArrayList<>();
        if (!Names.isName(name)) {
            problems.add("Workflow %s has the name '%s': a name has %s.".formatted(place, name, Names.RULE));
        }
        if (description.length() > MAX_DESCRIPTION) {
            problems.add("Workflow '%s' (%s) has a description of more than 1,024 characters.".formatted(name, place));
        }
        if (Modifier.isPrivate(method.modifiers()) || Modifier.isStatic(method.modifiers())) {
            problems.add("Workflow '%s' (%s) is private or static: remove that.".formatted(name, place));
        }
        if (!method.parameters().isEmpty() || !returnsFlow(method.returnType())) {
            problems.add("Workflow '%s' (%s) must take nothing and return a Flow.".formatted(name, place));
        }
        return problems;
    }

    private static boolean returnsFlow(Type type) {
        return type.isClass() && type.asClass().declaration().name().equals(Flow.class.getName());
    }

    private static boolean declaresWorkflow(ClassInfo type) {
        return !type.isAbstract()
                && !type.isInterface()
                && type.methods().stream().anyMatch(method -> method.hasAnnotation(Workflow.class));
    }
}
