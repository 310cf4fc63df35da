package dev.millrace.local.check;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.RedisTalk;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A Redis that {@code REDIS_URL} names: at least 7.0, for functions, and one that never evicts. */
public final class ExistingRedis {

    private static final Set<String> SCHEMES = Set.of("redis", "rediss", "redis-sentinel");
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int OLDEST = 7;

    private ExistingRedis() {}

    /**
     * Checks it. Behind {@code redis-sentinel} only the address is looked at: which Redis it will be is not known here.
     *
     * @throws CannotStart if it does not answer, is too old, or evicts
     */
    public static void check(String text) {
        URI url = parsed(text);
        if ("redis-sentinel".equals(url.getScheme())) {
            return;
        }
        Map<String, String> facts = facts(url);
        refuseAnOldOne(where(url), facts.getOrDefault("redis_version", "of unknown version"));
        refuseAnEvictingOne(where(url), facts.getOrDefault("maxmemory_policy", "noeviction"));
    }

    private static void refuseAnOldOne(String where, String version) {
        String major = version.replaceFirst("\\..*", "");
        if (!major.matches("\\d{1,9}") || Integer.parseInt(major) < OLDEST) {
            throw new CannotStart(
                    "The Redis at " + where + " (REDIS_URL) is " + version
                            + ", and Millrace needs 7.0 or later: upgrade it, or leave REDIS_URL away to use the embedded one.");
        }
    }

    private static void refuseAnEvictingOne(String where, String policy) {
        if (!"noeviction".equals(policy)) {
            throw new CannotStart("The Redis at " + where + " (REDIS_URL) has maxmemory-policy " + policy
                    + ", which deletes whole queues when memory runs short: set it to noeviction.");
        }
    }

    private static Map<String, String> facts(URI url) {
        try (RedisTalk talk = RedisTalk.open(url, ANSWER)) {
            return talk.ask("INFO")
                    .lines()
                    .filter(line -> line.contains(":"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1).trim(),
                            (first, second) -> first));
        } catch (IOException e) {
            throw new CannotStart(
                    "The Redis at " + where(url) + " (REDIS_URL) does not answer: " + e.getMessage() + ".", e);
        }
    }

    private static URI parsed(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || !SCHEMES.contains(url.getScheme())) {
                throw new CannotStart("REDIS_URL is redis://[user:password@]host:port (or rediss, redis-sentinel), not"
                        + " one of scheme '" + url.getScheme() + "' and host '" + url.getHost() + "'.");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new CannotStart("REDIS_URL is redis://[user:password@]host:port; this one has a character at "
                    + e.getIndex() + " that must be percent-encoded.");
        }
    }

    private static String where(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
