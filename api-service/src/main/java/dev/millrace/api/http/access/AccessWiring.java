package dev.millrace.api.http.access;

import dev.millrace.loop.Duties;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Checks the settings at the start, and starts the duty that looks after open streams. */
final class AccessWiring {

    @Produces
    @Singleton
    AccessSettings settings(AccessConfig config) {
        return AccessSettings.of(config);
    }

    void start(
            @Observes StartupEvent starting,
            AccessSettings settings,
            Config config,
            Duties duties,
            OpenStreams streams) {
        duties.start("open-streams", OpenStreams.PERIOD, streams::lookOnce);
        if (!settings.enabled()) {
            LoopbackOnly.check(config.getValue(LoopbackOnly.HOST, String.class));
        }
    }
}
