package dev.millrace.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeapTest {

    @ParameterizedTest
    @CsvSource({
        "HoldsAnAddress, BLOCKS, java.net.Inet4Address",
        "HoldsAThread, STARTER, java.lang.Thread",
        "HoldsChance, CHANCE, java.util.Random"
    })
    void findsWhatBelongsToAMachine(String sample, String field, String type) throws ClassNotFoundException {
        assertThat(ImageHeap.foreignObjects(classes(Class.forName(ImageHeapTest.class.getName() + "$" + sample))))
                .singleElement()
                .asString()
                .startsWith(ImageHeapTest.class.getName() + "$" + sample + "." + field)
                .endsWith("holds a " + type);
    }

    @ParameterizedTest
    @ValueSource(classes = {ReadsTheStopwatch.class, AsksForTheHome.class, AsksByADetour.class})
    void findsInitializersThatAskTheMachine(Class<?> sample) {
        assertThatThrownBy(() -> HouseRules.constantsAreOfNoMachine().check(classes(sample)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("asks the machine");
    }

    @ParameterizedTest
    @ValueSource(classes = AsksWhenAsked.class)
    void letsBeWhatAsksLater(Class<?> sample) {
        assertThat(ImageHeap.foreignObjects(classes(sample))).isEmpty();
        assertThatCode(() -> HouseRules.constantsAreOfNoMachine().check(classes(sample)))
                .doesNotThrowAnyException();
    }

    private static JavaClasses classes(Class<?> sample) {
        return new ClassFileImporter().importClasses(sample);
    }

    record Block(InetAddress first) {}

    static final class HoldsAnAddress {

        static final Map<String, List<Block>> BLOCKS =
                Map.of("all", List.of(new Block(InetAddress.getLoopbackAddress())));
    }

    static final class HoldsAThread {

        static final Runnable STARTER = starter(new Thread(() -> {}));

        private static Runnable starter(Thread thread) {
            return thread::start;
        }
    }

    static final class HoldsChance {

        static final IntSupplier CHANCE = new Random(1)::nextInt;
    }

    static final class ReadsTheStopwatch {

        static final long START = System.nanoTime();
    }

    static final class AsksForTheHome {

        static final String HOME = System.getenv("HOME");
    }

    static final class AsksByADetour {

        static final String NAME = name();

        private static String name() {
            return "on " + ProcessHandle.current().pid();
        }
    }

    static final class AsksWhenAsked {

        static final Instant EPOCH = Instant.EPOCH;
        static final Supplier<Instant> CLOCK = Instant::now;
        static final Supplier<String> NAME =
                () -> "on " + ProcessHandle.current().pid();

        static long now() {
            return System.nanoTime();
        }
    }
}
