package dev.millrace.postgres;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.millrace.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses POSTGRES = HouseRules.classesOf("dev.millrace.postgres");

    @Test
    void onlyStreamKnowsRedis() {
        HouseRules.onlyStreamKnowsRedis().check(POSTGRES);
    }

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(POSTGRES);
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(POSTGRES);
    }
}
