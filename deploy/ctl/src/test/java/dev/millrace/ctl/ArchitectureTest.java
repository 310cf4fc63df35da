package dev.millrace.ctl;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.millrace.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CTL = HouseRules.classesOf("dev.millrace.ctl");

    @Test
    void noPackageNeedsItself() {
        HouseRules.noPackageCycles("dev.millrace.ctl").check(CTL);
    }

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(CTL);
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(CTL);
    }

    @Test
    void constantsAreOfNoMachine() {
        HouseRules.constantsAreOfNoMachine().check(CTL);
    }

    @Test
    void thereAreNoDrawers() {
        HouseRules.noDrawers().check(CTL);
    }

    @Test
    void itSpeaksRestAndEventsAlone() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "io.vertx..", "dev.millrace.stream..", "dev.millrace.job..")
                .check(CTL);
    }

    @Test
    void nothingPrintsPastTheCleaning() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.millrace.ctl.terminal")
                .and()
                .doNotBelongToAnyOf(Ctl.class, Surroundings.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.PrintStream.class, java.io.PrintWriter.class)
                .check(CTL);
    }
}
