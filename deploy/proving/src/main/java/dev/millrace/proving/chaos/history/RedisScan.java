package dev.millrace.proving.chaos.history;

import dev.millrace.embedded.RedisTalk;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in Redis, seen past the services. */
public final class RedisScan {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final URI redis;

    public RedisScan(String url) {
        this.redis = URI.create(url);
    }

    /**
     * What is still there of jobs, a sentence for each kind; empty when Redis is as a platform at rest leaves it.
     */
    public List<String> leftovers() {
        try (RedisTalk talk = RedisTalk.open(redis, ANSWER)) {
            List<String> left = new ArrayList<>();
            counts(talk).forEach((what, count) -> left.add(count + " in " + what));
            return left;
        } catch (IOException e) {
            return List.of("Redis does not answer: " + e.getMessage());
        }
    }

    /**
     * Queues that dead workers still are consumers of, a sentence for each.
     *
     * @param workers how many run, each of which may be a consumer of each queue
     */
    public List<String> strangers(int workers) {
        try (RedisTalk talk = RedisTalk.open(redis, ANSWER)) {
            List<String> left = new ArrayList<>();
            consumers(talk, workers, left);
            return left;
        } catch (IOException e) {
            return List.of("Redis does not answer: " + e.getMessage());
        }
    }

    private static Map<String, Long> counts(RedisTalk talk) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (String key : keys(talk, "mr:{s0}:*")) {
            if (key.startsWith("mr:{s0}:j:")) {
                counts.merge("markers", 1L, Long::sum);
            } else if (isLane(key) || key.equals("mr:{s0}:delays")) {
                some(counts, key, Long.parseLong(talk.ask("XLEN", key)));
            } else if (key.equals("mr:{s0}:submit")) {
                some(counts, key, unsettled(talk, key));
            } else if (key.equals("mr:{s0}:timers")) {
                some(counts, key, Long.parseLong(talk.ask("ZCARD", key)));
            } else if (key.equals("mr:{s0}:timers:jobs")) {
                some(counts, key, Long.parseLong(talk.ask("HLEN", key)));
            }
        }
        return counts;
    }

    /** What the one group of a stream was not given yet, or has not acknowledged; what it has stays for a while. */
    private static long unsettled(RedisTalk talk, String stream) throws IOException {
        List<?> groups = list(talk.tree("XINFO", "GROUPS", stream));
        if (groups.isEmpty()) {
            return Long.parseLong(talk.ask("XLEN", stream));
        }
        List<?> group = list(groups.getFirst());
        String delivered = String.valueOf(group.get(group.indexOf("last-delivered-id") + 1));
        long pending = Long.parseLong(String.valueOf(group.get(group.indexOf("pending") + 1)));
        return pending + list(talk.tree("XRANGE", stream, "(" + delivered, "+")).size();
    }

    private static void some(Map<String, Long> counts, String key, long count) {
        if (count > 0) {
            counts.put(key, count);
        }
    }

    private static void consumers(RedisTalk talk, int workers, List<String> left) throws IOException {
        for (String lane : keys(talk, "mr:{s0}:q:*")) {
            if (isLane(lane)) {
                int consumers =
                        list(talk.tree("XINFO", "CONSUMERS", lane, "workers")).size();
                if (consumers > workers) {
                    left.add(consumers + " consumers of " + lane + " for " + workers + " workers");
                }
            }
        }
    }

    // A queue's other keys, paused and lone, are no streams.
    private static boolean isLane(String key) {
        return key.matches("mr:\\{s0}:q:[^:]+:(critical|high|normal|low|suspect)");
    }

    private static List<String> keys(RedisTalk talk, String pattern) throws IOException {
        return list(talk.tree("KEYS", pattern)).stream().map(String::valueOf).toList();
    }

    private static List<?> list(Object reply) {
        return reply instanceof List<?> list ? list : List.of();
    }
}
