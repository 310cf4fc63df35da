package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.house.Checkout;
import dev.millrace.testkit.house.JavaSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code common} holds what two services share, type by type, or its README says why not. A type serves the services whose
 * main code names it, and those that are served by another type of {@code common} which names it.
 */
class SharedTypesTest {

    private static final List<String> SERVICES = List.of("api-service", "worker-service", "scheduler-service");
    private static final Pattern REASON =
            Pattern.compile("(?m)^\\| `(\\w+(?:\\.[\\w*]+)+)` \\| [^|]+ \\| [^|]{20,} \\|$");
    private static final List<JavaSource> COMMON = JavaSource.mainOf("common");
    private static final Map<JavaSource, Set<String>> SERVED = served();

    @Test
    void eachPublicTypeServesTwoServicesOrHasItsReason() {
        assertThat(forFewerThanTwo()).allMatch(type -> reasons().stream().anyMatch(row -> covers(row, type)));
    }

    @Test
    void eachReasonIsThatOfATypeThatServesFewerThanTwoServices() {
        assertThat(reasons())
                .isNotEmpty()
                .allMatch(row -> forFewerThanTwo().stream().anyMatch(type -> covers(row, type)));
    }

    private static Set<String> forFewerThanTwo() {
        return COMMON.stream()
                .filter(JavaSource::isPublic)
                .filter(type -> SERVED.getOrDefault(type, Set.of()).size() < 2)
                .map(JavaSource::fullName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> reasons() {
        return REASON.matcher(Checkout.text("common/README.md"))
                .results()
                .map(row -> "dev.millrace." + row.group(1))
                .toList();
    }

    /** A row is for a type, or with an asterisk for all of a package. */
    private static boolean covers(String row, String type) {
        return row.endsWith(".*") ? type.startsWith(row.substring(0, row.length() - 1)) : row.equals(type);
    }

    private static Map<JavaSource, Set<String>> served() {
        Map<JavaSource, Set<String>> served = new HashMap<>();
        for (String service : SERVICES) {
            List<JavaSource> sources = JavaSource.mainOf(service);
            Set<JavaSource> reached = new HashSet<>();
            COMMON.stream()
                    .filter(type -> sources.stream().anyMatch(source -> source.names(type)))
                    .forEach(type -> reach(type, reached));
            reached.forEach(
                    type -> served.computeIfAbsent(type, any -> new HashSet<>()).add(service));
        }
        return served;
    }

    private static void reach(JavaSource type, Set<JavaSource> reached) {
        if (reached.add(type)) {
            COMMON.stream().filter(type::names).forEach(next -> reach(next, reached));
        }
    }
}
