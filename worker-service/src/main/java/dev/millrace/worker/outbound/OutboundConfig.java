package dev.millrace.worker.outbound;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where tasks may fetch from, and how much. Checked when the worker starts: see {@link OutboundLimits}. */
@ConfigMapping(prefix = "millrace.worker.outbound")
public interface OutboundConfig {

    /** Whether 127.0.0.0/8 and ::1 may be reached. With {@code true} any submitter can reach services of this host. */
    @WithDefault("false")
    boolean allowLoopback();

    /**
     * Blocks that may be reached although they are private or reserved, such as {@code 10.20.0.0/16}; default none.
     * Any submitter can reach what they hold, and what a name says of them is believed.
     */
    Optional<List<String>> allowAddresses();

    /** The ports that may be reached, 1 to 65,535 each. */
    @WithDefault("80,443")
    Set<Integer> ports();

    /** Whether every port may be reached; {@link #ports()} then has no effect. */
    @WithDefault("false")
    boolean allowAnyPort();

    /** How long one address may take to accept a connection, and a name to be resolved; more than zero. */
    @WithDefault("PT3S")
    Duration connectTimeout();

    /** How long an answer may be silent; more than zero. */
    @WithDefault("PT15S")
    Duration idleTimeout();

    /** How long one fetch may take, redirects and body included, unless its task says otherwise; more than zero. */
    @WithDefault("PT30S")
    Duration totalTimeout();

    /** How large a body may be once inflated, unless its task says otherwise; at least 1 byte. */
    @WithDefault("10M")
    MemorySize maxBytes();

    /** How many redirects are followed, 0 to 10. */
    @WithDefault("3")
    int maxRedirects();

    /** How many bytes one compressed byte may become, 1 or more; checked once 64 KiB came out. */
    @WithDefault("100")
    int maxInflateRatio();
}
