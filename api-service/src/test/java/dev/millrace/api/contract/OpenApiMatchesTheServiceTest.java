package dev.millrace.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import dev.millrace.testkit.house.HouseRules;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is checked in, what is served, and what the resources do are one. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class OpenApiMatchesTheServiceTest {

    private static final String ADVICE =
            "api-service/openapi.yaml is written by hand and is what is served: change it there. ";
    private static final Pattern KNOWN =
            Pattern.compile("The query parameters here are (.+); there is one of another name\\.");

    @Inject
    TaskCatalog catalog;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final Contract contract = Contract.get();
    private Client client;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        Tasks.offer(catalog);
        client = new Client(port);
    }

    @Test
    void servesTheDocumentThatIsCheckedIn() {
        JsonNode served = client.call("GET", "/q/openapi?format=json").json();

        Set<String> differences = new TreeSet<>();
        collect("#", contract.document(), served, differences);
        assertThat(differences)
                .as(ADVICE + "Places at which /q/openapi differs (- checked in, + served):")
                .isEmpty();
    }

    @Test
    void hasTheOperationsOfTheResourcesAndNoOthers() {
        Set<String> documented = contract.operations().stream()
                .filter(operation -> !operation.template().startsWith("/q/"))
                .flatMap(operation -> lines(
                        operation.method() + " " + operation.template(), operation.consumes(), operation.produces()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .as(ADVICE + "'from' is what a resource consumes, 'to' what it produces.")
                .isEqualTo(offered());
    }

    @Test
    void hasTheQueryParametersThatTheServiceKnows() {
        contract.operations().stream()
                .filter(operation -> operation.template().startsWith("/api/v1")
                        && operation.method().equals("GET"))
                .forEach(operation -> {
                    Reply reply = client.call("GET", path(operation) + "?no.such=1");
                    assertThat(reply.status()).as(operation.template()).isEqualTo(400);
                    assertThat(known(reply.json().get("detail").asText()))
                            .as(ADVICE + operation.template())
                            .isEqualTo(operation.parameters("query"));
                });
    }

    @Test
    void givesExamplesOfQueriesThatTheServiceTakes() {
        contract.operations().stream()
                .filter(operation -> operation.template().startsWith("/api/v1")
                        && operation.method().equals("GET"))
                .forEach(operation -> operation.parameters().stream()
                        .filter(parameter -> parameter.get("in").asText().equals("query"))
                        .forEach(parameter -> {
                            Reply reply = client.call(
                                    "HEAD",
                                    path(operation) + "?"
                                            + parameter.get("name").asText() + "="
                                            + parameter.get("example").asText());
                            assertThat(reply.status())
                                    .as(operation.template() + " " + parameter)
                                    .isIn(200, 404);
                        }));
    }

    @Test
    void givesExamplesOfJobsThatTheServiceTakes() {
        JsonNode types = contract.document().at("/paths/~1api~1v1~1jobs~1bulk/post/requestBody/content");
        types.properties()
                .forEach(type -> type.getValue().get("examples").forEach(example -> {
                    JsonNode value = example.get("value");
                    Reply reply = client.post(
                            "/api/v1/jobs/bulk",
                            value.isTextual() ? value.textValue() : value.toString(),
                            "Content-Type",
                            type.getKey());
                    assertThat(reply.json().get("rejected").asInt()).isZero();
                }));
        String plain = contract.document()
                .at("/paths/~1api~1v1~1jobs/post/requestBody/content/application~1json/examples/plain/value")
                .toString();
        assertThat(client.submit(plain).status()).isEqualTo(202);
    }

    @Test
    void tellsTheMethodsOfAPathWithTheRefusalOfAnother() {
        Set<String> templates = new LinkedHashSet<>(contract.operations().stream()
                .map(Operation::template)
                .filter(path -> !path.startsWith("/q/"))
                .toList());
        templates.forEach(template -> {
            Operation one = contract.operations().stream()
                    .filter(operation -> operation.template().equals(template))
                    .findFirst()
                    .orElseThrow();
            Reply refused = client.call("PROPFIND", path(one));
            assertThat(refused.status()).as(template).isEqualTo(405);
            assertThat(Set.of(refused.header("Allow").split(", "))).as(template).isEqualTo(allowed(template));
        });
    }

    private Set<String> allowed(String template) {
        Set<String> methods = contract.operations().stream()
                .filter(operation -> operation.template().equals(template))
                .map(Operation::method)
                .collect(Collectors.toCollection(TreeSet::new));
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private static String path(Operation operation) {
        return operation
                .template()
                .replace("{id}", "7f000000-0000-0000-0000-000000000000")
                .replace("{name}", "demo.echo")
                .replace("{queue}", "other");
    }

    private static Set<String> known(String detail) {
        Matcher known = KNOWN.matcher(detail);
        return known.matches() ? new TreeSet<>(List.of(known.group(1).split(", "))) : Set.of();
    }

    private static Set<String> offered() {
        return HouseRules.classesOf("dev.millrace.api").stream()
                .filter(resource -> resource.isAnnotatedWith(Path.class))
                .flatMap(resource -> resource.getMethods().stream())
                .map(JavaMethod::reflect)
                .flatMap(OpenApiMatchesTheServiceTest::offered)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> offered(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .flatMap(http -> lines(
                        http.value() + " " + template(method),
                        types(method, Consumes.class, Consumes::value),
                        types(method, Produces.class, Produces::value)));
    }

    private static Stream<String> lines(String operation, Set<String> consumes, Set<String> produces) {
        return Stream.of(
                        Stream.of(operation),
                        consumes.stream().map(type -> operation + " from " + type),
                        produces.stream().map(type -> operation + " to " + type))
                .flatMap(lines -> lines);
    }

    private static String template(Method method) {
        String own = path(method);
        String base = path(method.getDeclaringClass());
        return own.isEmpty() ? base : base + "/" + own.replaceFirst("^/", "");
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static <A extends Annotation> Set<String> types(
            Method method, Class<A> annotation, Function<A, String[]> value) {
        @Nullable A own = method.getAnnotation(annotation);
        @Nullable A inherited = method.getDeclaringClass().getAnnotation(annotation);
        A one = own == null ? inherited : own;
        return one == null ? Set.of() : Set.of(value.apply(one));
    }

    private static void collect(String place, JsonNode ours, JsonNode served, Set<String> differences) {
        if (ours.isObject() && served.isObject()) {
            Set<String> names = new TreeSet<>();
            ours.fieldNames().forEachRemaining(names::add);
            served.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(place + "/" + name, ours.path(name), served.path(name), differences));
        } else if (ours.isArray() && served.isArray() && ours.size() == served.size()) {
            for (int i = 0; i < ours.size(); i++) {
                collect(place + "/" + i, ours.get(i), served.get(i), differences);
            }
        } else if (!ours.equals(served)) {
            differences.add(place + "\n  - " + ours + "\n  + " + served);
        }
    }
}
