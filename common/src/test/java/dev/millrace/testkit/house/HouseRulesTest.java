package dev.millrace.testkit.house;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseRulesTest {

    @ParameterizedTest
    @ValueSource(classes = {ReadsObjects.class, NamesTypes.class, MapsAnything.class})
    void findsWhatReadsAClassOfTheWritersChoice(Class<?> sample) {
        JavaClasses classes = new ClassFileImporter().importClasses(sample);

        assertThatThrownBy(() -> HouseRules.nothingReadNamesItsClass().check(classes))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {ReadsTheStopwatch.class, HandsOnTheStopwatch.class})
    void findsTimeThatIsNotInjected(Class<?> sample) {
        JavaClasses classes = new ClassFileImporter().importClasses(sample);

        assertThatThrownBy(() -> HouseRules.timeIsInjected().check(classes)).isInstanceOf(AssertionError.class);
    }

    public static final class ReadsTheStopwatch {

        public long read() {
            return System.nanoTime();
        }
    }

    public static final class HandsOnTheStopwatch {

        public LongSupplier stopwatch() {
            return System::nanoTime;
        }
    }

    public static final class ReadsObjects {

        public int read(ObjectInputStream in) throws IOException {
            return in.readInt();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record NamesTypes(Object value) {}

    public static final class MapsAnything {

        public Object mapper() {
            ObjectMapper mapper = new ObjectMapper();
            return mapper.activateDefaultTyping(mapper.getPolymorphicTypeValidator());
        }
    }
}
