package dev.millrace.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.contract.Contract;
import dev.millrace.api.contract.Operation;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperationsTest {

    @Test
    void everyOperationNeedsWhatTheContractSays() {
        assertThat(resources())
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(needed(name(operation)))
                        .as(name(operation))
                        .isEqualTo(operation.node().path("security").toString()));
    }

    @Test
    void hasNoRowOfAnOperationThatThereIsNot() {
        Set<String> documented =
                resources().stream().map(OperationsTest::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(Operations.names()).isEqualTo(documented);
    }

    @Test
    void nobodyMayWhatHasNoRow() {
        assertThat(Operations.isOpen("GET /api/v1/secrets")).isFalse();
        assertThat(Operations.least("GET /api/v1/secrets")).isEmpty();
    }

    /** As {@code security} has it, which every operation must have. */
    private static String needed(String operation) {
        return Operations.isOpen(operation)
                ? "[]"
                : Operations.least(operation)
                        .map(role -> "[{\"bearer\":[\"%1$s\"]},{\"basic\":[\"%1$s\"]}]".formatted(role.label()))
                        .orElse("a row in Operations");
    }

    private static Set<Operation> resources() {
        return Contract.get().operations().stream()
                .filter(operation -> !operation.template().startsWith("/q/"))
                .collect(Collectors.toSet());
    }

    private static String name(Operation operation) {
        return operation.method() + " " + operation.template();
    }
}
