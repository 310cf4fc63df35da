package dev.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.millrace.testkit.house.HouseRules;
import dev.millrace.testkit.house.ImageHeap;
import dev.millrace.testkit.house.Rooms;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SCHEDULER = HouseRules.classesOf("dev.millrace.scheduler");

    @Test
    void packagesDoNotGoInCircles() {
        HouseRules.noPackageCycles("dev.millrace.scheduler").check(SCHEDULER);
    }

    @Test
    void roomsSeeOnlyThoseBeforeThem() {
        Rooms.SCHEDULER.rule().check(SCHEDULER);
    }

    @Test
    void onlyStreamSpeaksToRedis() {
        HouseRules.onlyStreamSpeaksToRedis().check(SCHEDULER);
    }

    @Test
    void onlyStreamKnowsRedis() {
        HouseRules.onlyStreamKnowsRedis().check(SCHEDULER);
    }

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(SCHEDULER);
    }

    @Test
    void constantsAreOfNoMachine() {
        HouseRules.constantsAreOfNoMachine().check(SCHEDULER);
        assertThat(ImageHeap.foreignObjects(SCHEDULER)).isEmpty();
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(SCHEDULER);
    }

    @Test
    void thereAreNoDrawers() {
        HouseRules.noDrawers().check(SCHEDULER);
    }

    @Test
    void nothingReadNamesItsClass() {
        HouseRules.nothingReadNamesItsClass().check(SCHEDULER);
    }
}
