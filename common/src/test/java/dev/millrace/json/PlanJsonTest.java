package dev.millrace.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.cron.DayMatch;
import dev.millrace.schedule.trigger.Cron;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Once;
import dev.millrace.schedule.trigger.Solar;
import dev.millrace.schedule.trigger.SolarEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanJsonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Violation> violations = new ArrayList<>();

    private Optional<Plan> read(String json) {
        try {
            return PlanJson.read(new JsonFields("", JSON.readTree(json), violations), NOW);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String trigger(String trigger) {
        return "{\"trigger\":" + trigger + "}";
    }

    static Stream<Plan> plans() {
        return Stream.of(
                Plan.of(Cron.of("0 9 * * MON-FRI", "Europe/Berlin", DayMatch.BOTH)),
                Plan.of(new Every(Duration.ofMinutes(5), NOW)),
                Plan.of(new Solar(SolarEvent.DUSK_CIVIL, 52.5, -13.4, Duration.ofMinutes(-15))),
                new Plan(
                        new Once(NOW),
                        NOW.minusSeconds(1),
                        NOW.plusSeconds(1),
                        new Misfire.FireAll(10),
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        Overlap.SKIP),
                new Plan(
                        Cron.of("@daily", "UTC", DayMatch.EITHER),
                        null,
                        null,
                        new Misfire.Skip(),
                        Duration.ZERO,
                        Duration.ZERO,
                        Overlap.ALLOW));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void readsWhatItWrote(Plan plan) {
        assertThat(read(PlanJson.write(plan).toString())).contains(plan);
        assertThat(violations).isEmpty();
    }

    @Test
    void fillsInWhatIsNotSaid() {
        assertThat(read(trigger("{\"cron\":{\"expression\":\"0 9 * * *\"}}")))
                .contains(Plan.of(Cron.of("0 9 * * *", "UTC", DayMatch.EITHER)));
        assertThat(read(trigger("{\"interval\":{\"every\":\"PT5M\"}}")))
                .contains(Plan.of(new Every(Duration.ofMinutes(5), NOW)));
    }

    @Test
    void readsATimeAtAnyOffset() {
        assertThat(read(trigger("{\"once\":{\"at\":\"2026-03-01T14:00:00+02:00\"}}")))
                .contains(Plan.of(new Once(Instant.parse("2026-03-01T12:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                      | /trigger                      | missing
            {"trigger":{}}                                          | /trigger                      | one of cron
            {"trigger":7}                                           | /trigger                      | an object
            {"trigger":{"cron":{},"once":{}}}                       | /trigger                      | one of cron
            {"trigger":{"moon":{}}}                                 | /trigger/moon                 | no such field
            {"trigger":{"cron":{}}}                                 | /trigger/cron/expression      | to be a text
            {"trigger":{"cron":{"expression":"0 9 * * XYZ"}}}       | /trigger/cron/expression      | Column 9
            {"trigger":{"cron":{"expression":"0 0 30 2 *"}}}        | /trigger/cron/expression      | Column
            {"trigger":{"cron":{"expression":"0 9 * * *","timezone":"Mars/Base"}}} | /trigger/cron/timezone | no time zone
            {"trigger":{"cron":{"expression":"0 9 * * *","dayMatch":"any"}}}       | /trigger/cron/dayMatch | either or both
            {"trigger":{"cron":{"expression":"0 9 * * *","tz":"UTC"}}}             | /trigger/cron/tz       | no such field
            {"trigger":{"interval":{"every":"PT0.5S"}}}             | /trigger/interval/every       | PT1S
            {"trigger":{"interval":{"every":"five"}}}               | /trigger/interval/every       | a duration
            {"trigger":{"interval":{"every":"PT5M","anchor":"noon"}}} | /trigger/interval/anchor    | a time
            {"trigger":{"solar":{"event":"dawn","latitude":1,"longitude":1}}}      | /trigger/solar/event     | must be dawn-astronomical, dawn-nautical
            {"trigger":{"solar":{"event":"noon","latitude":91,"longitude":1}}}     | /trigger/solar/latitude  | degrees
            {"trigger":{"solar":{"event":"noon","latitude":1}}}     | /trigger/solar/longitude      | degrees
            {"trigger":{"once":{}}}                                 | /trigger/once/at              | missing
            {"trigger":{"once":{"at":"2026-01-01T00:00:00Z"}},"endAt":"2025-01-01T00:00:00Z"} | /trigger | never fires
            {"trigger":{"interval":{"every":"PT5M"}},"startAt":7}   | /startAt                      | a time
            {"trigger":{"interval":{"every":"PT5M"}},"misfire":"never"}            | /misfire                 | fireOnce
            {"trigger":{"interval":{"every":"PT5M"}},"misfire":{}}                 | /misfire                 | fireAll
            {"trigger":{"interval":{"every":"PT5M"}},"misfire":{"fireAll":null}}   | /misfire                 | fireAll
            {"trigger":{"interval":{"every":"PT5M"}},"misfire":{"fireAll":{}}}     | /misfire/fireAll/max     | missing
            {"trigger":{"interval":{"every":"PT5M"}},"misfire":{"fireAll":{"max":0}}} | /misfire/fireAll/max  | whole number
            {"trigger":{"interval":{"every":"PT5M"}},"misfireGrace":"P8D"}         | /misfireGrace            | P
            {"trigger":{"interval":{"every":"PT5M"}},"misfireGrace":"PT5M","catchUpWindow":"PT1M"} | /catchUpWindow | must be
            {"trigger":{"interval":{"every":"PT5M"}},"overlap":"queue"}            | /overlap                 | allow or skip
            """)
    void tellsWhatIsWrongAndWhere(String json, String pointer, String part) {
        assertThat(read(json)).isEmpty();
        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.detail()).contains(part);
        });
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        read("{\"trigger\":{\"interval\":{\"every\":\"PT0S\"}},\"overlap\":1,\"endAt\":\"soon\"}");
        assertThat(violations)
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/trigger/interval/every", "/overlap", "/endAt");
    }
}
