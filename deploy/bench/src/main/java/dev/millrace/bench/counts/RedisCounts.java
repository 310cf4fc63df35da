package dev.millrace.bench.counts;

import dev.millrace.bench.measure.Counter;
import dev.millrace.embedded.RedisTalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The commands that Redis has run, each kind as {@code redis.<kind>} and all as {@code redis.commands}: those that functions
 * call too, and those of everybody who uses this Redis. What asks for these counts is left out.
 */
public record RedisCounts(URI redis) implements Counter {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String LINE = "cmdstat_";
    private static final String CALLS = "calls=";

    /** Asked by the bench, or once for each connection. */
    private static final Set<String> OURS = Set.of("info", "config", "hello", "client", "auth", "ping", "xinfo");

    @Override
    public void putInto(Map<String, Long> counts) {
        try (RedisTalk talk = RedisTalk.open(redis, ANSWER)) {
            talk.ask("INFO", "commandstats")
                    .lines()
                    .filter(line -> line.startsWith(LINE))
                    .forEach(line -> put(line, counts));
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not tell what it has done", e);
        }
    }

    /** The line {@code cmdstat_xadd:calls=12,usec=…}, or {@code cmdstat_xinfo|groups:calls=…}. */
    private static void put(String line, Map<String, Long> counts) {
        String kind = line.substring(LINE.length(), line.indexOf(':')).toLowerCase(Locale.ROOT);
        if (!OURS.contains(kind.split("\\|", 2)[0])) {
            int from = line.indexOf(CALLS) + CALLS.length();
            long calls = Long.parseLong(line.substring(from, line.indexOf(',', from)));
            counts.put("redis." + kind, calls);
            counts.merge("redis.commands", calls, Long::sum);
        }
    }
}
