package dev.millrace.api;

import dev.millrace.api.http.access.oidc.PlayedIssuer;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL, a Redis and an issuer of tokens for the service under test; tests may break them, and mend them again. */
public final class ApiServers implements QuarkusTestResourceLifecycleManager {

    private static EmbeddedPostgres postgres;
    private static EmbeddedRedis redis;
    private static PlayedIssuer issuer;

    public static EmbeddedPostgres postgres() {
        return postgres;
    }

    public static EmbeddedRedis redis() {
        return redis;
    }

    public static PlayedIssuer issuer() {
        return issuer;
    }

    @Override
    public Map<String, String> start() {
        Path folder = folder();
        postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("postgres")));
        redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("redis")));
        issuer = PlayedIssuer.start();
        return Map.of(
                "DATABASE_URL",
                postgres.url(),
                "REDIS_URL",
                redis.url(),
                "millrace.api.routes[0].task",
                "mail.*",
                "millrace.api.routes[0].queue",
                "mail",
                "millrace.api.gate.body-timeout",
                "PT10S",
                "MILLRACE_ACCESS_ENABLED",
                "false",
                "millrace.api.oidc.issuer",
                issuer.url(),
                "millrace.api.oidc.audience",
                PlayedIssuer.AUDIENCE);
    }

    @Override
    public void stop() {
        issuer.close();
        redis.close();
        postgres.close();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("millrace-api");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
