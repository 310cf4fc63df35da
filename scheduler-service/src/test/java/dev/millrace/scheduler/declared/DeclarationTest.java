package dev.millrace.scheduler.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.json.PlanJson;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.trigger.Every;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationTest {

    @Test
    void thereAreNoneByDefault() {
        assertThat(Declaration.of(config(Map.of()))).isEmpty();
    }

    @Test
    void needsATimeAndATaskOnly() {
        Declaration ping = declared(Map.of("every", "PT5M", "task", "demo.echo"));

        assertThat(ping.key()).isEqualTo(new ScheduleKey("default", "ping"));
        assertThat(ping.content().plan()).isEqualTo(Plan.of(new Every(Duration.ofMinutes(5), Instant.EPOCH)));
        assertThat(ping.content().job()).isEqualTo("{\"task\":\"demo.echo\"}");
        assertThat(ping.content().paused()).isFalse();
    }

    @Test
    void mapsEveryKeyOfACronSchedule() {
        Declaration ping = declared(Map.ofEntries(
                Map.entry("cron", "0 9 13 * FRI"),
                Map.entry("timezone", "Europe/Berlin"),
                Map.entry("day-match", "both"),
                Map.entry("task", "demo.echo"),
                Map.entry("payload", "{\"value\": 1}"),
                Map.entry("queue", "mail"),
                Map.entry("priority", "7"),
                Map.entry("tags", "vip,nightly"),
                Map.entry("job", "{\"ignoreResult\": true}"),
                Map.entry("start-at", "2026-01-01T00:00:00Z"),
                Map.entry("end-at", "2036-01-01T00:00:00Z"),
                Map.entry("misfire", "fire-all"),
                Map.entry("misfire-max", "3"),
                Map.entry("misfire-grace", "PT30S"),
                Map.entry("catch-up-window", "P2D"),
                Map.entry("overlap", "skip"),
                Map.entry("paused", "true"),
                Map.entry("tenant", "acme")));

        assertThat(ping.key()).isEqualTo(new ScheduleKey("acme", "ping"));
        assertThat(PlanJson.write(ping.content().plan()))
                .hasToString("{\"trigger\":{\"cron\":{\"expression\":\"0 9 13 * FRI\",\"timezone\":\"Europe/Berlin\","
                        + "\"dayMatch\":\"both\"}},\"startAt\":\"2026-01-01T00:00:00Z\","
                        + "\"endAt\":\"2036-01-01T00:00:00Z\",\"misfire\":{\"fireAll\":{\"max\":3}},"
                        + "\"misfireGrace\":\"PT30S\",\"catchUpWindow\":\"PT48H\",\"overlap\":\"skip\"}");
        assertThat(ping.content().job())
                .isEqualTo("{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"queue\":\"mail\",\"priority\":7,"
                        + "\"tags\":[\"vip\",\"nightly\"],\"ignoreResult\":true}");
        assertThat(ping.content().paused()).isTrue();
    }

    @Test
    void mapsTheOtherTriggers() {
        assertThat(trigger(Map.of("every", "PT1H", "anchor", "2026-01-01T00:30:00Z")))
                .isEqualTo("{\"interval\":{\"every\":\"PT1H\",\"anchor\":\"2026-01-01T00:30:00Z\"}}");
        assertThat(trigger(Map.of("at", "2036-01-01T00:00:00Z")))
                .isEqualTo("{\"once\":{\"at\":\"2036-01-01T00:00:00Z\"}}");
        assertThat(trigger(Map.of(
                        "solar.event",
                        "sunset",
                        "solar.latitude",
                        "52.5",
                        "solar.longitude",
                        "13.4",
                        "solar.offset",
                        "-PT15M")))
                .isEqualTo("{\"solar\":{\"event\":\"sunset\",\"latitude\":52.5,\"longitude\":13.4,"
                        + "\"offset\":\"PT-15M\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cron        | 0 9 * * MOO     | .cron:
            cron        | 0 9 30 2 *      | Column 5
            timezone    | Europe/Nowhere  | .timezone:
            day-match   | neither         | .day-match:
            every       | PT0.5S          | one of cron, interval, solar and once
            at          | tomorrow        | one of cron, interval, solar and once
            start-at    | soon            | .start-at:
            end-at      | 10000           | .end-at:
            misfire     | never           | .misfire:
            misfire-max | 3               | .misfire-max: It belongs to misfire=fire-all
            misfire-grace | P8D           | .misfire-grace: The misfireGrace must be
            catch-up-window | P4000D      | .catch-up-window: The catchUpWindow must be
            overlap     | maybe           | .overlap:
            task        | two words       | .task:
            payload     | {               | .payload: It is no JSON
            job         | []              | .job: It is to be a JSON object
            job         | {"task": "a.b"} | .job: Its field 'task' has a key of its own
            tenant      | two words       | A tenant's name
            """)
    void stopsTheStartWithItsKeyAndASentence(String key, String value, String sentence) {
        Map<String, String> keys = new HashMap<>(Map.of("cron", "0 9 * * *", "task", "demo.echo"));
        keys.put(key, value);

        assertThatThrownBy(() -> declared(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("millrace.schedules.\"ping\"")
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesWhatSaysNothing() {
        assertThatThrownBy(() -> declared(Map.of("task", "demo.echo"))).hasMessageContaining("A trigger is one of");
        assertThatThrownBy(() -> declared(Map.of("every", "PT1M"))).hasMessageContaining(".task: It is missing");
        assertThatThrownBy(() -> declared(Map.of("every", "PT0.5S", "task", "demo.echo")))
                .hasMessageContaining("\"ping\".every: ");
        assertThatThrownBy(() -> declared(Map.of("every", "PT1M", "task", "demo.echo", "evry", "PT1M")))
                .hasMessageContaining("evry");
    }

    private static String trigger(Map<String, String> keys) {
        Map<String, String> withTask = new HashMap<>(keys);
        withTask.put("task", "demo.echo");
        return PlanJson.write(declared(withTask).content().plan())
                .get("trigger")
                .toString();
    }

    private static Declaration declared(Map<String, String> keys) {
        List<Declaration> all = Declaration.of(config(keys));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static DeclaredConfig config(Map<String, String> keys) {
        Map<String, String> named = new HashMap<>();
        keys.forEach((key, value) -> named.put("millrace.schedules.ping." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DeclaredConfig.class)
                .withSources(new PropertiesConfigSource(named, "test", 100))
                .build()
                .getConfigMapping(DeclaredConfig.class);
    }
}
