package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.worker.drain.DrainConfig;
import dev.millrace.worker.drain.DrainSettings;
import dev.millrace.worker.drain.RecycleConfig;
import dev.millrace.worker.drain.RecycleSettings;
import dev.millrace.worker.fleet.FleetConfig;
import dev.millrace.worker.lease.LeaseConfig;
import dev.millrace.worker.lease.LeaseSettings;
import dev.millrace.worker.policy.PolicyConfig;
import dev.millrace.worker.registry.RetryTypes;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a worker, of which each feature maps its own; together they are all keys behind one prefix. */
class WorkerSettingsTest {

    @Test
    void servesTheQueuesOfItsTasksByDefault() {
        WorkerSettings settings = settings(Map.of(), "mail", "feed", "mail");
        assertThat(settings.servings())
                .containsExactly(
                        new Serving(new QueueName("feed"), 16, OptionalInt.empty()),
                        new Serving(new QueueName("mail"), 16, OptionalInt.empty()));
        assertThat(settings.lease())
                .isEqualTo(
                        new LeaseSettings(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(2), true));
        assertThat(settings.drain()).isEqualTo(new DrainSettings(Duration.ofSeconds(25)));
        assertThat(settings.recycle()).isEqualTo(RecycleSettings.NEVER);
    }

    @Test
    void mapsEveryKey() {
        WorkerSettings settings = settings(
                Map.of(
                        "serve", "mail,slow",
                        "slots", "8",
                        "prefetch", "2",
                        "queue.slow.slots", "1",
                        "queue.slow.prefetch", "0",
                        "queue.slow.timeout", "PT1M",
                        "lease", "PT30S",
                        "renew", "PT10S",
                        "sweep", "PT3S",
                        "grace", "PT1S"),
                "feed");
        assertThat(settings.servings())
                .containsExactly(
                        new Serving(new QueueName("mail"), 8, OptionalInt.of(2)),
                        new Serving(new QueueName("slow"), 1, OptionalInt.of(0), Serving.Origin.OWN));
        assertThat(settings.lease())
                .isEqualTo(
                        new LeaseSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(3), true));
        assertThat(settings.drain()).isEqualTo(new DrainSettings(Duration.ofSeconds(1)));
    }

    @Test
    void sharesSlotsAmongQueuesThatHaveNoneOfTheirOwn() {
        WorkerSettings settings =
                settings(Map.of("shared-slots", "4", "queue.slow.slots", "1"), "mail", "feed", "slow");

        assertThat(settings.servings())
                .containsExactly(
                        new Serving(new QueueName("feed"), 4, OptionalInt.empty(), Serving.Origin.SHARED),
                        new Serving(new QueueName("mail"), 4, OptionalInt.empty(), Serving.Origin.SHARED),
                        new Serving(new QueueName("slow"), 1, OptionalInt.empty(), Serving.Origin.OWN));
        assertThat(settings.other().apply(new QueueName("later")).origin()).isEqualTo(Serving.Origin.SHARED);
    }

    @Test
    void isRecycledAsItIsTold() {
        assertThat(settings(Map.of("recycle-after.jobs", "1000", "recycle-after.time", "PT24H"), "mail")
                        .recycle())
                .isEqualTo(new RecycleSettings(OptionalInt.of(1000), Optional.of(Duration.ofHours(24))));
    }

    @Test
    void hasTheNameThatItIsGivenOrNone() {
        assertThat(settings(Map.of(), "mail").fleet().name()).isEmpty();
        assertThat(settings(Map.of("name", "mailer-1"), "mail").fleet().name()).hasValue("mailer-1");
    }

    @Test
    void watchesNoConnectionsWhereTheySayNothing() {
        assertThat(settings(Map.of("watch-connections", "false"), "mail")
                        .lease()
                        .watchConnections())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "slots, 0, millrace.worker.slots",
        "prefetch, -1, millrace.worker.prefetch",
        "queue.mail.slots, 0, millrace.worker.slots",
        "shared-slots, 0, .shared-slots",
        "recycle-after.jobs, 0, millrace.worker.recycle-after.jobs",
        "recycle-after.time, PT0.5S, millrace.worker.recycle-after.time",
        "lease, PT14S, millrace.worker.lease",
        "renew, PT0S, millrace.worker.renew",
        "sweep, PT0S, millrace.worker.sweep",
        "grace, PT-1S, millrace.worker.grace",
        "timeout, PT0S, millrace.worker.{timeout",
        "serve, two words, name",
        "name, two words, millrace.worker.name"
    })
    void refusesWhatMakesNoSense(String key, String value, String named) {
        assertThatThrownBy(() -> settings(Map.of(key, value), "mail"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slot", "queue.mail.slot", "queue.mail.lease", "recycle-after.runs"})
    void refusesAKeyThatNoFeatureMaps(String key) {
        assertThatThrownBy(() -> settings(Map.of(key, "1"), "mail")).isInstanceOf(ConfigValidationException.class);
    }

    private static WorkerSettings settings(Map<String, String> settings, String... queues) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("millrace.worker." + key, value));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(TakeConfig.class)
                .withMapping(LeaseConfig.class)
                .withMapping(DrainConfig.class)
                .withMapping(RecycleConfig.class)
                .withMapping(PolicyConfig.class)
                .withMapping(FleetConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build();
        return new WorkerWiring()
                .settings(
                        config.getConfigMapping(TakeConfig.class),
                        config.getConfigMapping(LeaseConfig.class),
                        config.getConfigMapping(DrainConfig.class),
                        config.getConfigMapping(RecycleConfig.class),
                        config.getConfigMapping(PolicyConfig.class),
                        config.getConfigMapping(FleetConfig.class),
                        tasksOn(queues));
    }

    private static TaskRegistry tasksOn(String... queues) {
        TypeFactory types = TypeFactory.defaultInstance();
        List<TaskDefinition> tasks = new ArrayList<>();
        for (int i = 0; i < queues.length; i++) {
            tasks.add(new TaskDefinition(
                    new TaskName("task" + i),
                    new QueueName(queues[i]),
                    PolicyOverride.NONE,
                    RetryTypes.ALL,
                    "",
                    true,
                    types.constructType(JsonNode.class),
                    types.constructType(Object.class),
                    (payload, context) -> payload));
        }
        return new TaskRegistry(tasks);
    }
}
