package dev.millrace.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.registry.TypeModel.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRulesTest {

    private static final TypeModel MAIL = record("acme.Mail", true);
    private static final TypeModel CONTEXT = TypeModel.plain(Kind.CONTEXT, "dev.millrace.task.TaskContext");
    private static final TypeModel NOTHING = TypeModel.plain(Kind.NOTHING, "void");
    private static final TypeModel TEXT = TypeModel.plain(Kind.VALUE, "java.lang.String");
    private static final TypeModel OTHER = TypeModel.plain(Kind.OTHER, "java.lang.Thread");

    @Test
    void acceptsAPayloadAloneAndWithAContext() {
        assertThat(TaskRules.problems(method(List.of(MAIL), NOTHING))).isEmpty();
        assertThat(TaskRules.problems(method(List.of(MAIL, CONTEXT), MAIL))).isEmpty();
        assertThat(TaskRules.problems(method(List.of(TypeModel.plain(Kind.TREE, "JsonNode")), uni(TEXT))))
                .isEmpty();
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(TaskRules.problems(named("mail send", "default", "PT1S")))
                .containsExactly("@Task on acme.Tasks.send has the name 'mail send': A task's name has 1 to 128"
                        + " characters of A-Z a-z 0-9 . _ : -, which this one has not.");
    }

    @Test
    void refusesAQueueThatIsNoName() {
        assertThat(TaskRules.problems(named("mail.send", "", "PT1S")))
                .singleElement()
                .asString()
                .startsWith("Task 'mail.send' (acme.Tasks.send) has the queue '': A queue's name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "PT", "PT0S", "PT-1S", "PT0.0001S", "PT9999999999999999S"})
    void refusesATimeoutThatIsNoPositiveDuration(String timeout) {
        assertThat(TaskRules.problems(named("mail.send", "default", timeout)))
                .singleElement()
                .asString()
                .startsWith(
                        "Task 'mail.send' (acme.Tasks.send) has limits or a retry policy that cannot be: The timeout"
                                + " must be ");
    }

    @Test
    void refusesARetryPolicyThatCannotBe() {
        for (AnnotatedPolicy wrong : List.of(
                new AnnotatedPolicy("PT1S", "PT1S", 0, "", "", 0, "", ""),
                new AnnotatedPolicy("", "", -1, "", "", 0, "", ""),
                new AnnotatedPolicy("", "", 0, "linear", "", 0, "", ""),
                new AnnotatedPolicy("", "", 0, "", "PT2S", 0, "PT1S", ""),
                new AnnotatedPolicy("", "", 0, "", "", 0.5, "", ""),
                new AnnotatedPolicy("", "", 0, "", "", 0, "P31D", ""),
                new AnnotatedPolicy("", "", 0, "", "", 0, "", "half"))) {
            assertThat(TaskRules.problems(method(wrong))).as(wrong.toString()).hasSize(1);
        }
    }

    @Test
    void refusesAPrivateOrStaticMethod() {
        TaskMethod hidden = new TaskMethod(
                "acme.Tasks.send",
                "mail.send",
                "default",
                policy("PT1S"),
                List.of(),
                List.of(),
                "",
                true,
                false,
                List.of(MAIL),
                NOTHING);
        assertThat(TaskRules.problems(hidden))
                .containsExactly("Task 'mail.send' (acme.Tasks.send) is private or static: a task is a method of a"
                        + " bean, package-private at least.");
    }

    @Test
    void refusesParametersOfAnotherShape() {
        for (List<TypeModel> parameters : List.of(
                List.<TypeModel>of(),
                List.of(TEXT),
                List.of(CONTEXT),
                List.of(CONTEXT, MAIL),
                List.of(MAIL, MAIL),
                List.of(MAIL, CONTEXT, CONTEXT))) {
            assertThat(TaskRules.problems(method(parameters, NOTHING)))
                    .singleElement()
                    .asString()
                    .startsWith("Task 'mail.send' (acme.Tasks.send) must take its payload, a record or JsonNode,");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNI", "CONTEXT", "OTHER"})
    void refusesAResultThatIsNoJson(Kind kind) {
        TypeModel result = TypeModel.plain(kind, "acme.Strange");
        assertThat(TaskRules.problems(method(List.of(MAIL), uni(result))))
                .containsExactly(
                        "Task 'mail.send' (acme.Tasks.send) must return a record, a JSON value, a Flow, nothing, or"
                                + " a Uni of one of these; it returns io.smallrye.mutiny.Uni<acme.Strange>.");
    }

    @Test
    void namesTheRecordThatIsNotRegistered() {
        assertThat(TaskRules.problems(method(List.of(record("acme.Bare", false)), NOTHING)))
                .containsExactly("Task 'mail.send' (acme.Tasks.send) reads or writes acme.Bare, which lacks"
                        + " @RegisterForReflection: without it the task fails in a native image.");
    }

    @Test
    void looksForUnregisteredRecordsInsideListsMapsOptionalsAndUnis() {
        TypeModel bare = record("acme.Bare", false);
        for (TypeModel wrapper : List.of(
                TypeModel.generic(Kind.CONTAINER, "java.util.List", List.of(bare)),
                TypeModel.generic(Kind.CONTAINER, "java.util.Map", List.of(TEXT, bare)),
                TypeModel.generic(Kind.CONTAINER, "java.util.Optional", List.of(bare)),
                record("acme.Outer", true, TypeModel.generic(Kind.CONTAINER, "java.util.List", List.of(bare))))) {
            assertThat(TaskRules.problems(method(List.of(MAIL), uni(wrapper))))
                    .singleElement()
                    .asString()
                    .contains("reads or writes acme.Bare,");
            assertThat(TaskRules.problems(method(List.of(record("acme.Payload", true, wrapper)), NOTHING)))
                    .hasSize(1);
        }
    }

    @Test
    void endsOnARecordThatContainsItself() {
        AtomicReference<TypeModel> tree = new AtomicReference<>(OTHER);
        tree.set(new TypeModel(Kind.RECORD, "acme.Tree", List.of(), () -> List.of(tree.get()), true));
        assertThat(TaskRules.problems(method(List.of(tree.get()), NOTHING))).isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        TaskMethod wrong = new TaskMethod(
                "acme.Tasks.send",
                "mail.send",
                "a b",
                policy("soon"),
                List.of(),
                List.of(),
                "",
                true,
                false,
                List.of(),
                OTHER);
        assertThat(TaskRules.problems(wrong)).hasSize(5);
    }

    @Test
    void namesBothMethodsThatShareAName() {
        TaskMethod one = method(List.of(MAIL), NOTHING);
        TaskMethod other = new TaskMethod(
                "acme.More.send",
                "mail.send",
                "q",
                policy("PT1S"),
                List.of(),
                List.of(),
                "",
                true,
                true,
                List.of(MAIL),
                NOTHING);
        assertThat(TaskRules.duplicate(one, other))
                .isEqualTo("Task 'mail.send' is declared twice, by acme.Tasks.send and by acme.More.send: names are"
                        + " unique within a worker, rename one.");
    }

    private static TaskMethod method(List<TypeModel> parameters, TypeModel returned) {
        return new TaskMethod(
                "acme.Tasks.send",
                "mail.send",
                "default",
                policy("PT1S"),
                List.of(),
                List.of(),
                "",
                true,
                true,
                parameters,
                returned);
    }

    private static AnnotatedPolicy policy(String timeout) {
        return new AnnotatedPolicy(timeout, "", 0, "", "", 0, "", "");
    }

    private static TaskMethod method(AnnotatedPolicy policy) {
        return new TaskMethod(
                "acme.Tasks.send",
                "mail.send",
                "default",
                policy,
                List.of(),
                List.of(),
                "",
                true,
                true,
                List.of(MAIL),
                NOTHING);
    }

    private static TaskMethod named(String name, String queue, String timeout) {
        return new TaskMethod(
                "acme.Tasks.send",
                name,
                queue,
                policy(timeout),
                List.of(),
                List.of(),
                "",
                true,
                true,
                List.of(MAIL),
                NOTHING);
    }

    private static TypeModel record(String name, boolean registered, TypeModel... components) {
        return new TypeModel(Kind.RECORD, name, List.of(), () -> List.of(components), registered);
    }

    private static TypeModel uni(TypeModel item) {
        return TypeModel.generic(Kind.UNI, "io.smallrye.mutiny.Uni", List.of(item));
    }
}
