package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.millrace.testkit.house.HouseRules;
import dev.millrace.testkit.house.ImageHeap;
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
    void constantsAreOfNoMachine() {
        HouseRules.constantsAreOfNoMachine().check(POSTGRES);
        assertThat(ImageHeap.foreignObjects(POSTGRES)).isEmpty();
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(POSTGRES);
    }
}
