package dev.millrace.bench.stack;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param api the URL of the api that is submitted to
 * @param redisUrl where workers find their jobs
 * @param processes of each part but the workers: {@code api}, {@code redis} and the like, if they are known
 */
public record Target(URI api, String redisUrl, Map<String, List<Long>> processes) {

    public Target {
        processes = Map.copyOf(processes);
    }
}
