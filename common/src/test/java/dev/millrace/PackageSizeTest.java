package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.house.Checkout;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A package that has grown beyond a glance is cut into rooms. */
class PackageSizeTest {

    private static final long MOST = 20;

    @Test
    void noPackageOfAnyModuleHasMoreThanTwentyFiles() {
        Map<Path, Long> packages = Checkout.files("", ".java")
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        assertThat(packages).isNotEmpty();
        assertThat(packages.entrySet()).allMatch(one -> one.getValue() <= MOST);
    }
}
