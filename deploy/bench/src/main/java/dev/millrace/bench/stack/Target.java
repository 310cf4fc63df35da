package dev.millrace.bench.stack;

import dev.millrace.bench.measure.Counter;
import dev.millrace.embedded.PostgresUrl;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured.
 *
 * @param api the URL of the api that is submitted to
 * @param redisUrl where workers find their jobs
 * @param processes of each part but the workers: {@code api}, {@code redis} and the like, if they are known
 * @param counters of what its servers do
 * @param database of a stack of the bench's own
 */
public record Target(
        URI api,
        String redisUrl,
        Map<String, List<Long>> processes,
        List<Counter> counters,
        Optional<PostgresUrl> database) {

    public Target {
        processes = Map.copyOf(processes);
        counters = List.copyOf(counters);
    }
}
