package dev.millrace.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.flow.Flow;
import dev.millrace.flow.Flows;
import dev.millrace.flow.Workflow;
import dev.millrace.task.Task;
import dev.millrace.worker.flows.WorkflowExtension;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Builds an application with every mistake there is, and reads what the build says. */
@Tag("slow")
class TaskBuildFailureTest {

    /** Other tests build all test classes into one application, which must not see these beans. */
    private static final String WRONG = "test.wrong-tasks";

    @RegisterExtension
    static final QuarkusUnitTest BUILD = new QuarkusUnitTest()
            .setArchiveProducer(() -> ShrinkWrap.create(JavaArchive.class)
                    .addClasses(WrongTasks.class, SameNameTasks.class, WrongFlows.class, Inner.class, Outer.class)
                    .addAsServiceProvider(BuildCompatibleExtension.class, TaskExtension.class, WorkflowExtension.class))
            .overrideConfigKey(WRONG, "true")
            // Of what the services share; what they look at is not in this application.
            .overrideConfigKey("quarkus.arc.exclude-types", "dev.millrace.health.**")
            .assertException(TaskBuildFailureTest::saysEverything);

    private static final Flow FLOW = Flow.of(Flows.group());

    @RegisterForReflection
    record Outer(List<Inner> inner) {}

    record Inner(String text) {}

    @IfBuildProperty(name = WRONG, stringValue = "true")
    static class WrongTasks {

        @Task(name = "two words")
        void badName(Outer outer) {}

        @Task(name = "bad.timeout", timeout = "30 s")
        void badTimeout(Outer outer) {}

        @Task(name = "bad.parameter")
        void badParameter(String text) {}

        @Task(name = "bad.result")
        Thread badResult(Outer outer) {
            return Thread.currentThread();
        }

        @Task(name = "is.private")
        @SuppressWarnings("UnusedMethod") // what is wrong about it is the point
        private void isPrivate(Outer unusedHere) {}

        @Task(name = "is.static")
        static void isStatic(Outer outer) {}
    }

    @IfBuildProperty(name = WRONG, stringValue = "true")
    static class SameNameTasks {

        @Task(name = "same.name")
        void one(com.fasterxml.jackson.databind.JsonNode payload) {}

        @Task(name = "same.name")
        void other(com.fasterxml.jackson.databind.JsonNode payload) {}
    }

    @IfBuildProperty(name = WRONG, stringValue = "true")
    static class WrongFlows {

        @Workflow(name = "two words")
        Flow badFlowName() {
            return FLOW;
        }

        @Workflow(name = "takes.something")
        Flow takesSomething(String text) {
            return FLOW;
        }

        @Workflow(name = "returns.text")
        String returnsText() {
            return "";
        }

        @Workflow(name = "static.flow")
        static Flow isStaticToo() {
            return FLOW;
        }

        @Workflow(name = "same.flow")
        Flow one() {
            return FLOW;
        }

        @Workflow(name = "same.flow")
        Flow other() {
            return FLOW;
        }
    }

    @Test
    void theBuildFailsWithASentenceForEachMistake() {
        throw new AssertionError("The application was built.");
    }

    private static void saysEverything(Throwable failure) {
        assertThat(everythingSaidBy(failure))
                .contains("WrongTasks.badName has the name 'two words'")
                .contains("WrongTasks.badTimeout) has limits or a retry policy that cannot be: The timeout must be an"
                        + " ISO-8601")
                .contains("WrongTasks.badParameter) must take its payload, a record or JsonNode")
                .contains("WrongTasks.badResult) must return a record")
                .contains("WrongTasks.isPrivate) is private or static")
                .contains("WrongTasks.isStatic) is private or static")
                .contains("Inner, which lacks @RegisterForReflection")
                .contains("Task 'same.name' is declared twice")
                .contains("WrongFlows.badFlowName has the name 'two words'")
                .contains("WrongFlows.takesSomething) must take nothing and return a Flow")
                .contains("WrongFlows.returnsText) must take nothing and return a Flow")
                .contains("WrongFlows.isStaticToo) is private or static")
                .contains("Workflow 'same.flow' is declared twice");
    }

    private static String everythingSaidBy(Throwable failure) {
        StringBuilder said = new StringBuilder();
        collect(failure, said);
        return said.toString();
    }

    private static void collect(Throwable failure, StringBuilder said) {
        said.append(failure.getMessage()).append('\n');
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, said);
        }
        if (failure.getCause() != null) {
            collect(failure.getCause(), said);
        }
    }
}
