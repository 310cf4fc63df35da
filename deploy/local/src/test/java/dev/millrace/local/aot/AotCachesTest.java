package dev.millrace.local.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.run.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {

    private static final String JDK = "/opt/jdk HotSpot 25.0.1+8";

    @TempDir
    Path checkout;

    private AotCaches caches;

    @BeforeEach
    void build() throws IOException {
        for (Role role : Role.values()) {
            Files.createDirectories(role.application(checkout).resolve("lib"));
            Files.writeString(role.jar(checkout), "program");
            Files.writeString(role.application(checkout).resolve("lib/netty.jar"), "library");
        }
        caches = new AotCaches(checkout, JDK);
    }

    @Test
    void namesNoCacheBeforeOneIsMade() throws IOException {
        assertThat(caches.optionsOf(Role.API)).isEmpty();
        assertThat(caches.wanted()).containsExactly(Role.values());

        made(caches.of(Role.API));

        assertThat(caches.optionsOf(Role.API))
                .contains("-XX:AOTCache=" + caches.of(Role.API).file());
        assertThat(caches.wanted()).containsExactly(Role.WORKER, Role.SCHEDULER);
    }

    @Test
    void namesNoCacheOfAnEarlierBuild() throws IOException {
        made(caches.of(Role.API));

        Path library = Role.API.application(checkout).resolve("lib/netty.jar");
        Files.setLastModifiedTime(library, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(caches.optionsOf(Role.API)).isEmpty();
        assertThat(caches.wanted()).contains(Role.API);
    }

    @Test
    void namesNoCacheOfAnotherJdk() throws IOException {
        made(caches.of(Role.API));

        AotCaches updated = new AotCaches(checkout, "/opt/jdk HotSpot 25.0.2+10");

        assertThat(updated.optionsOf(Role.API)).isEmpty();
        assertThat(caches.optionsOf(Role.API)).isNotEmpty();
    }

    @Test
    void doesNotTryAgainWhatFailedForThisBuild() throws IOException {
        AotCache cache = caches.of(Role.WORKER);
        Files.createDirectories(cache.folder());
        cache.markFailed("no room");

        assertThat(cache.wanted()).isFalse();
        assertThat(caches.optionsOf(Role.WORKER)).isEmpty();

        Files.writeString(Role.WORKER.jar(checkout), "another program");

        assertThat(caches.wanted()).contains(Role.WORKER);
    }

    @Test
    void hasNoneWhileABuildReplacesTheService() throws IOException {
        made(caches.of(Role.API));
        Files.delete(Role.API.application(checkout).resolve("lib/netty.jar"));
        Files.delete(Role.API.application(checkout).resolve("lib"));
        Files.delete(Role.API.jar(checkout));
        Files.delete(Role.API.application(checkout));

        assertThat(caches.optionsOf(Role.API)).isEmpty();
    }

    private static void made(AotCache cache) throws IOException {
        Files.createDirectories(cache.folder());
        Files.writeString(cache.file(), "cache");
    }
}
