package dev.millrace.worker.flows;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.invoke.Invoker;
import java.util.ArrayList;
import java.util.List;

/** Calls the {@code @Workflow} methods at start that the build found: {@value #WIDTH} texts and an invoker for each. */
public final class FlowRecipe implements SyntheticBeanCreator<DeclaredFlows> {

    static final String TEXTS = "texts";
    static final String INVOKERS = "invokers";
    private static final int WIDTH = 3;

    @Override
    public DeclaredFlows create(Instance<Object> beans, Parameters found) {
        List<String> texts = List.of(found.get(TEXTS, String[].class));
        Invoker<?, ?>[] invokers = found.get(INVOKERS, Invoker[].class);
        List<DeclaredFlow> flows = new ArrayList<>();
        for (int i = 0; i < invokers.length; i++) {
            flows.add(flow(texts.subList(i * WIDTH, (i + 1) * WIDTH), invokers[i]));
        }
        return new DeclaredFlows(flows);
    }

    private static DeclaredFlow flow(List<String> texts, Invoker<?, ?> invoker) {
        String name = texts.get(0);
        String place = texts.get(2);
        try {
            return DeclaredFlows.of(name, texts.get(1), place, invoker.invoke(null, new Object[0]));
        } catch (IllegalStateException refused) {
            throw refused;
        } catch (Exception failed) {
            throw new IllegalStateException(
                    "The workflow '%s' (%s) cannot be declared: %s".formatted(name, place, failed.getMessage()),
                    failed);
        }
    }
}
