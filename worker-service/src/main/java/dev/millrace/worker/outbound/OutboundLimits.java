package dev.millrace.worker.outbound;

import java.time.Duration;
import java.util.Set;

/** The bounds of a fetch, as {@link OutboundConfig} describes them; refuses values that contradict each other. */
record OutboundLimits(
        Set<Integer> ports,
        boolean anyPort,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration totalTimeout,
        long maxBytes,
        int maxRedirects,
        int maxInflateRatio) {

    private static final String PREFIX = "millrace.worker.outbound.";
    private static final int MAX_PORT = 65_535;
    private static final int MOST_REDIRECTS = 10;

    OutboundLimits {
        ports = Set.copyOf(ports);
        ports.forEach(port -> requireWithin("ports", port, 1, MAX_PORT));
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("idle-timeout", idleTimeout);
        requirePositive("total-timeout", totalTimeout);
        if (connectTimeout.compareTo(totalTimeout) > 0) {
            throw new IllegalArgumentException(
                    "%sconnect-timeout (%s) is longer than %stotal-timeout (%s): raise the latter."
                            .formatted(PREFIX, connectTimeout, PREFIX, totalTimeout));
        }
        requireWithin("max-bytes", maxBytes, 1, Long.MAX_VALUE);
        requireWithin("max-redirects", maxRedirects, 0, MOST_REDIRECTS);
        requireWithin("max-inflate-ratio", maxInflateRatio, 1, Integer.MAX_VALUE);
    }

    static OutboundLimits of(OutboundConfig config) {
        return new OutboundLimits(
                config.ports(),
                config.allowAnyPort(),
                config.connectTimeout(),
                config.idleTimeout(),
                config.totalTimeout(),
                config.maxBytes().asLongValue(),
                config.maxRedirects(),
                config.maxInflateRatio());
    }

    boolean allowsPort(int port) {
        return anyPort || ports.contains(port);
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s%s is %s: it must be more than zero.".formatted(PREFIX, key, value));
        }
    }

    private static void requireWithin(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s%s is %d: it must be from %d to %d.".formatted(PREFIX, key, value, least, most));
        }
    }
}
