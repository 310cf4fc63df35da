package dev.millrace.api.jobs.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private record Configured(String task, String queue) implements RoutesConfig.Route {}

    @Test
    void areNoneByDefault() {
        assertThat(Settings.of(RoutesConfig.class, Map.of()).routes()).isEmpty();
    }

    @Test
    void areMappedKeyByKey() {
        RoutesConfig config = Settings.of(
                RoutesConfig.class,
                Map.of("millrace.api.routes[0].task", "mail.*", "millrace.api.routes[0].queue", "mail"));

        assertThat(queue(new Routes(config), "mail.send")).isEqualTo("mail");
    }

    @Test
    void areTriedInOrder() {
        Routes routes = routes(Map.entry("mail.urgent", "fast"), Map.entry("mail.*", "mail"), Map.entry("*", "rest"));

        assertThat(queue(routes, "mail.urgent")).isEqualTo("fast");
        assertThat(queue(routes, "mail.send")).isEqualTo("mail");
        assertThat(queue(routes, "mailbox")).isEqualTo("rest");
    }

    @Test
    void sayNothingOfOtherTasks() {
        assertThat(routes(Map.entry("mail.*", "mail")).queueOf(new TaskName("mailxsend")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mail.(,mail", "mail.*,not a queue", "'',mail"})
    void stopTheStartIfTheyAreNone(String task, String queue) {
        assertThatThrownBy(() -> routes(Map.entry(task, queue)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.routes: ");
    }

    private static String queue(Routes routes, String task) {
        return routes.queueOf(new TaskName(task)).map(QueueName::value).orElse("none");
    }

    @SafeVarargs
    private static Routes routes(Map.Entry<String, String>... routes) {
        List<RoutesConfig.Route> list = new ArrayList<>();
        for (Map.Entry<String, String> route : routes) {
            list.add(new Configured(route.getKey(), route.getValue()));
        }
        return new Routes(() -> list);
    }
}
