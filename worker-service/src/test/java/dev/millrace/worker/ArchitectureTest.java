package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.millrace.testkit.house.HouseRules;
import dev.millrace.testkit.house.ImageHeap;
import dev.millrace.testkit.house.Rooms;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses WORKER = HouseRules.classesOf("dev.millrace.worker");

    @Test
    void packagesDoNotGoInCircles() {
        HouseRules.noPackageCycles("dev.millrace.worker").check(WORKER);
    }

    @Test
    void roomsSeeOnlyThoseBeforeThem() {
        Rooms.WORKER.rule().check(WORKER);
    }

    @Test
    void onlyStreamSpeaksToRedis() {
        HouseRules.onlyStreamSpeaksToRedis().check(WORKER);
    }

    @Test
    void onlyStreamKnowsRedis() {
        HouseRules.onlyStreamKnowsRedis().check(WORKER);
    }

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(WORKER);
    }

    @Test
    void constantsAreOfNoMachine() {
        HouseRules.constantsAreOfNoMachine().check(WORKER);
        assertThat(ImageHeap.foreignObjects(WORKER)).isEmpty();
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(WORKER);
    }

    @Test
    void thereAreNoDrawers() {
        HouseRules.noDrawers().check(WORKER);
    }

    @Test
    void nothingReadNamesItsClass() {
        HouseRules.nothingReadNamesItsClass().check(WORKER);
    }
}
