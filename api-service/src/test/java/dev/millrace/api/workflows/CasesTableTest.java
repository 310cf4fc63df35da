package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.house.Checkout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of cases in the service's page: each case has its row, and what a row names are tests that bear its number. */
class CasesTableTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([CX]\\d+) \\| .+ \\| (.+) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern NUMBERED = Pattern.compile("void (([CX]\\d+)_\\w+)\\(");
    private static final Map<String, String> ROWS = ROW.matcher(Checkout.text("api-service/README.md"))
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

    private static Stream<Path> tests() {
        return Checkout.files("", ".java").filter(file -> file.toString().contains("/src/test/"));
    }

    @Test
    void hasARowForEachCase() {
        Set<String> cases = Stream.concat(
                        IntStream.rangeClosed(1, 19).mapToObj(number -> "C" + number),
                        IntStream.rangeClosed(1, 6).mapToObj(number -> "X" + number))
                .collect(Collectors.toSet());

        assertThat(ROWS.keySet()).isEqualTo(cases);
    }

    @Test
    void namesTestsThatThereAre() {
        Map<String, String> sources = tests().collect(Collectors.toMap(
                file -> file.getFileName().toString().replace(".java", ""), Checkout::text, String::concat));

        ROWS.forEach((number, named) -> {
            assertThat(NAMED.matcher(named).results()).as(number).isNotEmpty();
            assertThat(NAMED.matcher(named).results())
                    .as(number)
                    .allMatch(test -> test.group(2).startsWith(number + "_")
                            && sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("));
        });
    }

    @Test
    void namesEachTestThatBearsANumber() {
        Set<String> missing = new TreeSet<>();
        tests().forEach(file -> NUMBERED.matcher(Checkout.text(file))
                .results()
                .filter(test -> !ROWS.getOrDefault(test.group(2), "").contains("." + test.group(1) + "`"))
                .forEach(test -> missing.add(file.getFileName() + " " + test.group(1))));

        assertThat(missing).isEmpty();
    }
}
