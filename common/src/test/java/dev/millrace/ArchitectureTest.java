package dev.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.millrace.testkit.house.HouseRules;
import dev.millrace.testkit.house.ImageHeap;
import dev.millrace.testkit.house.Rooms;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** The embedded servers are a module that common's tests use and that cannot use common. */
    private static final JavaClasses COMMON =
            HouseRules.classesOf("dev.millrace").that(not(resideInAPackage("dev.millrace.embedded..")));

    private static final String[] VOCABULARY = {
        "dev.millrace.names..",
        "dev.millrace.retry..",
        "dev.millrace.job..",
        "dev.millrace.schedule..",
        "dev.millrace.task..",
        "dev.millrace.fleet.."
    };

    @Test
    void packagesDoNotGoInCircles() {
        HouseRules.noPackageCycles("dev.millrace").check(COMMON);
    }

    @Test
    void roomsSeeOnlyThoseBeforeThem() {
        Rooms.COMMON.rule().check(COMMON);
        Rooms.SCHEDULE.rule().check(COMMON);
        Rooms.STREAM.rule().check(COMMON);
    }

    @Test
    void onlyStreamKnowsRedis() {
        HouseRules.onlyStreamKnowsRedis().check(COMMON);
    }

    @Test
    void vocabularyNeedsNothingButJava() {
        HouseRules.areVocabulary(VOCABULARY, "org.jboss.logging", "org.shredzone.commons.suncalc")
                .check(COMMON);
    }

    @Test
    void timeIsInjected() {
        HouseRules.timeIsInjected().check(COMMON);
    }

    @Test
    void constantsAreOfNoMachine() {
        HouseRules.constantsAreOfNoMachine().check(COMMON);
        assertThat(ImageHeap.foreignObjects(COMMON)).isEmpty();
    }

    @Test
    void nothingSleeps() {
        HouseRules.nothingSleeps().check(COMMON);
    }

    @Test
    void thereAreNoDrawers() {
        HouseRules.noDrawers().check(COMMON);
    }

    @Test
    void nothingReadNamesItsClass() {
        HouseRules.nothingReadNamesItsClass().check(COMMON);
    }
}
