package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.millrace.testkit.house.HouseRules;
import dev.millrace.testkit.house.ImageHeap;
import dev.millrace.testkit.house.Rooms;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses API = HouseRules.classesOf("dev.millrace.api");

    @Test
    void packagesDoNotGoInCircles() {
        HouseRules.noPackageCycles("dev.millrace.api").check(API);
    }

    @Test
    void roomsSeeOnlyThoseBeforeThem() {
        Rooms.API.rule().check(API);
    }

    @Test
    void onlyStreamSpeaksToRedis() {
        HouseRules.onlyStreamSpeaksToRedis().check(API);
    }

    @Test
    void onlyStreamKnowsRedis() {
        HouseRules.onlyStreamKnowsRedis().check(API);
    }

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(API);
    }

    @Test
    void constantsAreOfNoMachine() {
        HouseRules.constantsAreOfNoMachine().check(API);
        assertThat(ImageHeap.foreignObjects(API)).isEmpty();
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(API);
    }

    @Test
    void thereAreNoDrawers() {
        HouseRules.noDrawers().check(API);
    }

    @Test
    void nothingReadNamesItsClass() {
        HouseRules.nothingReadNamesItsClass().check(API);
    }
}
