package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.house.Checkout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code common/PROTOCOL.md} tells of all invariants that tests name, of the tests that hold them, and of all functions. */
class ProtocolTest {

    private static final String PROTOCOL = Checkout.text("common/PROTOCOL.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (I\\d+) \\| .+ \\| (.+) \\|$");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern NUMBERED = Pattern.compile("\\bvoid ((?:I\\d+_)+)[a-z]");
    private static final Pattern NUMBER = Pattern.compile("(I\\d+)");
    private static final Pattern MISSPELLED =
            Pattern.compile("\\bvoid (i\\d+[_A-Z]\\w*|I\\d+[A-Z]\\w*|\\w*[a-z]I\\d+)\\(");
    private static final Pattern FUNCTION = Pattern.compile("register\\w*\\('(mr_\\w+)'");
    private static final Pattern FUNCTION_NAME = Pattern.compile("(mr_\\w+)");
    private static final Pattern FUNCTION_ROW = Pattern.compile("(?m)^\\| (`mr_[^|]+) \\|");
    private static final Pattern WALK = Pattern.compile("(?m)^\\| \\d+ \\| `(\\w+)`");
    private static final Pattern FEATURE = Pattern.compile("/dev/millrace/(\\w+)/");
    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
    private static final Map<String, Set<String>> NUMBERS_BY_CLASS = numbersByClass();

    @Test
    void tellsOfEachNumberThatATestBears() {
        Set<String> borne =
                NUMBERS_BY_CLASS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(rows().keySet()).containsAll(borne);
    }

    @Test
    void namesForEachInvariantTestsThatBearItsNumberOrSaysWhyThereIsNone() {
        rows().forEach((number, tests) -> {
            List<String> named = all(TEST_CLASS, tests).toList();
            assertThat(named.isEmpty()).as("no test of %s: %s", number, tests).isEqualTo(tests.startsWith("None: "));
            assertThat(named)
                    .as("tests of %s", number)
                    .allMatch(test ->
                            NUMBERS_BY_CLASS.getOrDefault(test, Set.of()).contains(number));
        });
    }

    @Test
    void numbersStandInFrontOfTheNamesOfTests() {
        assertThat(testSources().flatMap(file -> all(MISSPELLED, Checkout.text(file))))
                .isEmpty();
    }

    @Test
    void tellsOfEachFunction() {
        Set<String> functions = Checkout.files("common/src/main/resources", ".lua")
                .flatMap(part -> all(FUNCTION, Checkout.text(part)))
                .collect(Collectors.toSet());
        Set<String> told = all(FUNCTION_ROW, PROTOCOL)
                .flatMap(names -> all(FUNCTION_NAME, names))
                .collect(Collectors.toSet());
        assertThat(functions).isNotEmpty().isEqualTo(told);
    }

    @Test
    void theWalkOfAPayloadNamesClassesThatExist() {
        List<String> walk = all(WALK, Checkout.text("common/README.md")).toList();
        Set<String> classes = Checkout.files("", ".java")
                .filter(file -> file.toString().contains("/src/main/"))
                .map(ProtocolTest::nameOf)
                .collect(Collectors.toSet());
        assertThat(walk).hasSize(10).allMatch(classes::contains);
    }

    @Test
    void theReadmeListsEachPackage() {
        Set<String> packages = Checkout.files("common/src/main/java", "package-info.java")
                .flatMap(file -> all(FEATURE, file.toString()))
                .collect(Collectors.toSet());
        assertThat(all(PACKAGE_ROW, Checkout.text("common/README.md"))).containsAll(packages);
    }

    private static Map<String, String> rows() {
        return ROW.matcher(PROTOCOL).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    }

    private static Map<String, Set<String>> numbersByClass() {
        Map<String, Set<String>> numbers = new HashMap<>();
        testSources().forEach(file -> {
            Set<String> borne = numbers.computeIfAbsent(nameOf(file), any -> new HashSet<>());
            all(NUMBERED, Checkout.text(file))
                    .flatMap(front -> all(NUMBER, front))
                    .forEach(borne::add);
        });
        return numbers;
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static Stream<Path> testSources() {
        return Checkout.files("", ".java").filter(file -> file.toString().contains("/src/test/"));
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }
}
