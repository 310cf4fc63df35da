package dev.millrace.proving.chaos.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many processes of each service a scenario has, and how they are set up.
 *
 * @param grace of the workers
 * @param linked whether the services reach Redis and PostgreSQL by links that can be troubled
 * @param settings of all services, in their environment form
 * @param redis further arguments of the Redis server
 */
public record Topology(
        int apis,
        int workers,
        int schedulers,
        Duration grace,
        boolean linked,
        Map<String, String> settings,
        List<String> redis) {

    public Topology {
        settings = Map.copyOf(settings);
        redis = List.copyOf(redis);
    }

    /** One api and one scheduler, direct, with the grace that {@code ./millrace up} gives. */
    public static Topology workers(int workers) {
        return new Topology(1, workers, 1, Duration.ofSeconds(2), false, Map.of(), List.of());
    }

    public Topology withApis(int number) {
        return new Topology(number, workers, schedulers, grace, linked, settings, redis);
    }

    public Topology withSchedulers(int number) {
        return new Topology(apis, workers, number, grace, linked, settings, redis);
    }

    public Topology withGrace(Duration longer) {
        return new Topology(apis, workers, schedulers, longer, linked, settings, redis);
    }

    public Topology withLinks() {
        return new Topology(apis, workers, schedulers, grace, true, settings, redis);
    }

    public Topology with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new Topology(apis, workers, schedulers, grace, linked, more, redis);
    }

    public Topology withRedis(String... arguments) {
        List<String> more = new ArrayList<>(redis);
        more.addAll(List.of(arguments));
        return new Topology(apis, workers, schedulers, grace, linked, settings, more);
    }
}
