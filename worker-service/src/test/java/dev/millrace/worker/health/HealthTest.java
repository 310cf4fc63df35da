package dev.millrace.worker.health;

import dev.millrace.loop.Loops;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Endpoint;
import dev.millrace.testkit.HealthContract;
import dev.millrace.worker.WorkerRedis;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@QuarkusTest
@WithTestResource(WorkerRedis.class)
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
                "renew",
                "watch",
                "cancels",
                "leaks",
                "settle",
                "limits",
                "note",
                "sweep",
                "suspects",
                "connection",
                "dead",
                "announce",
                "take-default");
    }

    @Override
    public void killRedis() {
        WorkerRedis.server().kill();
    }

    @Override
    public void startRedis() {
        WorkerRedis.server().restart();
    }

    @Override
    public void openRedis(int epoch) {
        WorkerRedis.open(new RedisLink(redis, Duration.ofSeconds(5)), epoch);
    }

    @Override
    public String saysWhenReady(int epoch) {
        return "\"announced\": true";
    }
}
