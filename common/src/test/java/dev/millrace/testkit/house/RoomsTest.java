package dev.millrace.testkit.house;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final String STREAM = "dev.millrace.stream";
    private static final JavaClasses CLASSES = HouseRules.classesOf(STREAM);

    @Test
    void letsRoomsSeeThoseBeforeThem() {
        assertThatCode(() -> Rooms.STREAM.rule().check(CLASSES)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnArrowToARoomThatComesLater() {
        Rooms turned = new Rooms(STREAM, List.of("entries", "groups", "redis", "jobs", "timers"));
        assertThatThrownBy(() -> turned.rule().check(CLASSES))
                .hasMessageContaining("dev.millrace.stream.groups.Groups")
                .hasMessageContaining("dev.millrace.stream.redis.RedisLink");
    }

    @Test
    void refusesARoomThatIsNotNamed() {
        Rooms forgotten = new Rooms(STREAM, List.of("entries", "redis", "groups", "jobs"));
        assertThatThrownBy(() -> forgotten.rule().check(CLASSES))
                .hasMessageContaining("lies in a room of dev.millrace.stream that Rooms does not name");
    }
}
