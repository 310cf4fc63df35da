package dev.millrace.api.http.access;

import dev.millrace.listen.LoopbackOnly;
import dev.millrace.loop.Duties;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** Checks the settings at the start, and starts the duties that look after open streams and forget silent tokens. */
final class AccessWiring {

    private static final Duration FORGETTING = Duration.ofMinutes(1);

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
            OpenStreams streams,
            RequestRates rates) {
        duties.start("open-streams", OpenStreams.PERIOD, streams::lookOnce);
        duties.start("request-rates", FORGETTING, rates::forgetOnce);
        if (!settings.enabled()) {
            LoopbackOnly.check(config.getValue(LoopbackOnly.HOST, String.class));
        }
    }
}
