package dev.millrace.api.jobs.accept;

import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.names.Names;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The configured way from tasks to queues. */
@Singleton
public class Routes {

    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9._:*-]{1,128}");

    private record Route(Pattern task, QueueName queue) {}

    private final List<Route> routes;

    /** A glob or a queue that cannot be a name stops the start. */
    @Inject
    public Routes(RoutesConfig config) {
        this.routes = config.routes().stream().map(Routes::route).toList();
    }

    /** The queue of the first route that matches; empty if none does. */
    public Optional<QueueName> queueOf(TaskName task) {
        return routes.stream()
                .filter(route -> route.task().matcher(task.value()).matches())
                .map(Route::queue)
                .findFirst();
    }

    private static Route route(RoutesConfig.Route route) {
        if (!GLOB.matcher(route.task()).matches()) {
            throw new IllegalArgumentException(
                    "millrace.api.routes: '%s' for queue '%s' is no task's name with or without '*'. Correct it."
                            .formatted(route.task(), route.queue()));
        }
        if (!Names.isName(route.queue())) {
            throw new IllegalArgumentException(
                    "millrace.api.routes: '%s', for tasks '%s', is no queue's name. Correct it."
                            .formatted(route.queue(), route.task()));
        }
        String regex = route.task().replace(".", "\\.").replace("*", ".*");
        return new Route(Pattern.compile(regex), new QueueName(route.queue()));
    }
}
