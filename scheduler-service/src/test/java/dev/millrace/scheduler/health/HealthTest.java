package dev.millrace.scheduler.health;

import dev.millrace.loop.Loops;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Endpoint;
import dev.millrace.testkit.HealthContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class HealthTest implements HealthContract {

    @Inject
    Redis redis;

    @Inject
    Loops loops;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Override
    public Endpoint service() {
        return new Endpoint(port);
    }

    @Override
    public Loops loops() {
        return loops;
    }

    @Override
    public Set<String> loopsAndDuties() {
        return Set.of(
                "streams",
                "release",
                "hold",
                "take-over",
                "schedules",
                "fire",
                "fire-sweep",
                "schedule-inbox",
                "schedule-retelling",
                "schedule-count",
                "schedule-trim",
                "cleaning");
    }

    @Override
    public void killRedis() {
        SchedulerServers.server().kill();
    }

    @Override
    public void startRedis() {
        SchedulerServers.server().restart();
    }

    @Override
    public void openRedis(int epoch) {
        SchedulerServers.open(new RedisLink(redis, Duration.ofSeconds(5)), epoch);
    }

    @Override
    public String saysWhenReady(int epoch) {
        return "\"epoch\": " + epoch;
    }
}
