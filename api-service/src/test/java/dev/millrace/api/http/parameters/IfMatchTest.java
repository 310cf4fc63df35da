package dev.millrace.api.http.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @Test
    void insistsOnNothingWithoutTheHeader() {
        IfMatch match = IfMatch.of(null);

        assertThatCode(() -> match.require(7)).doesNotThrowAnyException();
        assertThatCode(match::requireNothing).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " * ", "\"7\"", "\"6\", \"7\"", "W/\"6\",\"7\""})
    void letsTheVersionThroughThatItNames(String header) {
        assertThatCode(() -> IfMatch.of(header).require(7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "W/\"7\"", "\"\"", "\"07\"", "\"6\", \"8\""})
    void isStaleForEveryOther(String header) {
        IfMatch match = IfMatch.of(header);

        assertThat(type(() -> match.require(7))).isEqualTo(ProblemType.STALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"7\"", "\"0\""})
    void isStaleWhereThereIsNothing(String header) {
        assertThat(type(IfMatch.of(header)::requireNothing)).isEqualTo(ProblemType.STALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "", "\"7", "\"7\" \"8\"", "w/\"7\"", "\"7\",", "*, \"7\""})
    void refusesWhatIsNoListOfTags(String header) {
        assertThat(type(() -> IfMatch.of(header))).isEqualTo(ProblemType.BAD_REQUEST);
    }

    private static ProblemType type(Runnable call) {
        ProblemType[] type = new ProblemType[1];
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> type[0] = refused.problem().type());
        return type[0];
    }
}
