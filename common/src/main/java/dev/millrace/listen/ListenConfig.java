package dev.millrace.listen;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What workers and schedulers ask of whoever reaches them. {@link PortGuard} checks it. */
@ConfigMapping(prefix = "millrace.access")
public interface ListenConfig {

    /** Without it a service listens on loopback only. {@code MILLRACE_ACCESS_ENABLED}. */
    @WithDefault("true")
    boolean enabled();

    /**
     * What {@code /q/metrics} asks for where others can reach it; without it nobody is shown meters there. {@code
     * MILLRACE_ACCESS_METRICS_TOKEN}.
     */
    Optional<String> metricsToken();
}
