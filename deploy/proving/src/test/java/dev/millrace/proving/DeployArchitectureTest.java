package dev.millrace.proving;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.millrace.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

/** Rules for the launcher and its servers too, which come before common and cannot use its test kit. */
class DeployArchitectureTest {

    private static final JavaClasses DEPLOY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace.time", "dev.millrace.embedded", "dev.millrace.local", "dev.millrace.proving");

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(DEPLOY);
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(DEPLOY);
    }

    @Test
    void thereAreNoDrawers() {
        HouseRules.noDrawers().check(DEPLOY);
    }
}
