package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.PostgresUrl;
import dev.millrace.testkit.Awaiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the workers say of their payloads, the schedulers of their schedules, and what the api makes of it. */
@Tag("native")
class RulesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Above that of the schedulers' own file; each schedule that ships has a line that lets it fire at once. */
    private static final String EACH_SECOND = """
            config_ordinal=500
            millrace.schedules.maintenance-retention.cron=* * * * * *
            millrace.schedules.greeting.every=PT1S
            millrace.schedules.greeting.task=demo.echo
            millrace.schedules.greeting.payload={"value":"hello"}
            """;

    private static @Nullable Platform platform;

    @BeforeAll
    static void up(@TempDir Path home) throws IOException {
        Path settings = Files.writeString(home.resolve("each-second.properties"), EACH_SECOND);
        platform = Platform.up(
                home, Map.of("QUARKUS_CONFIG_LOCATIONS", settings.toUri().toString()));
    }

    @AfterAll
    static void down() {
        platform().close();
    }

    @Test
    void everyScheduleThatShipsOrIsDeclaredFires() {
        Set<String> declared = query("select id from scheduler.schedule where source = 'configuration'");
        assertThat(declared).contains("maintenance-retention", "greeting");

        Awaiting.until(
                "a job of each",
                PATIENCE,
                () -> query("select schedule_id from api.job where state = 'SUCCEEDED'")
                        .containsAll(declared));
        assertThat(query("select detail from api.schedule_fire where outcome = 'rejected'"))
                .isEmpty();
    }

    @Test
    void whatIsKeptLongEnoughIsDeleted() {
        String job = platform().api().submit("demo.echo", "{\"value\":1}", "old");
        Awaiting.until(
                "its end",
                PATIENCE,
                () -> "SUCCEEDED".equals(platform().api().job(job).path("state").asText()));

        query("update api.job set finished_at = now() - interval '8 days' where id = '" + job + "' returning task");

        Awaiting.until(
                "its deletion",
                PATIENCE,
                () -> platform().api().get("/jobs/" + job).status() == 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            email.send      | {"to":["jane"],"subject":"s","text":"t"}         | /payload/to/0     | mail address
            email.send      | {"to":[],"subject":"s","text":"t"}               | /payload/to       | at least 1
            email.send      | {"to":["a@b.c"],"subject":"s"}                   | /payload          | at least one of 'text', 'html'
            csv.import      | {"url":"http://a.b/","text":"a"}                 | /payload          | exactly one of 'url', 'text'
            csv.import      | {"text":"a","maxErrors":1001}                    | /payload/maxErrors | 1000 or less
            http.request    | {"url":"http://a.b/","timeout":"PT20M"}          | /payload/timeout  | PT10M or less
            http.request    | {"url":"http://a.b/","accept":[600]}             | /payload/accept/0 | 599 or less
            feed.read       | {"url":"feed://a.b/"}                            | /payload/url      | http://
            demo.sleep      | {"duration":"PT48H"}                             | /payload/duration | PT24H or less
            demo.fail       | {"message":"m","times":-1}                       | /payload/times    | 0 or more
            demo.order      | {"jobs":1001}                                    | /payload/jobs     | 1000 or less
            monitor.disk    | {"minFreePercent":101}                           | /payload/minFreePercent | 100 or less
            monitor.queues  | {"queues":[]}                                    | /payload/queues   | at least 1
            monitor.health  | {"urls":["x"]}                                   | /payload/urls/0   | http://
            maintenance.retention | {"now":true}                               | /payload          | 'now' is no field here
            """)
    void whatASchemaCanSayIsSaidBeforeThereIsAJob(String task, String payload, String pointer, String rule) {
        Api.Answer refused =
                platform().api().post("/jobs", "{\"task\":\"%s\",\"payload\":%s}".formatted(task, payload));

        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        JsonNode error = refused.body().at("/errors/0");
        assertThat(error.path("pointer").asText()).isEqualTo(pointer);
        assertThat(error.path("detail").asText()).contains(rule);
        assertThat(refused.body().path("errors")).hasSize(1);
    }

    @Test
    void whatOnlyTheRecordCanSayIsSaidInTheErrorOfTheRun() {
        String job = platform()
                .api()
                .submit(
                        "email.send",
                        "{\"to\":[\"a@b.c\"],\"subject\":\"s\",\"text\":\"t\",\"attachments\":"
                                + "[{\"name\":\"a\",\"type\":\"text/plain\",\"base64\":\"!\"}]}",
                        "rules");
        Awaiting.until(
                "its end",
                PATIENCE,
                () -> "FAILED".equals(platform().api().job(job).path("state").asText()));

        JsonNode error = platform().api().job(job).path("error");
        assertThat(error.path("message").asText())
                .startsWith("The payload does not fit at '/attachments/0': An attachment's base64 is broken:");
    }

    private static Platform platform() {
        Platform up = platform;
        if (up == null) {
            throw new AssertionError("set before the first test");
        }
        return up;
    }

    /** The first column. */
    private static Set<String> query(String sql) {
        PostgresUrl url = PostgresUrl.parse(platform().run().at("/postgres/url").asText());
        Set<String> values = new TreeSet<>();
        try (Connection connection = url.connect(ANSWER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
        return values;
    }
}
