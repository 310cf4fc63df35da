package dev.millrace.api.jobs.accept;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** Where jobs go whose request names no queue. */
@ConfigMapping(prefix = "millrace.api")
public interface RoutesConfig {

    /** Tried in order; the first that matches the task decides. Default none: a job goes to its task's own queue. */
    List<Route> routes();

    /** {@code millrace.api.routes[0].task=mail.*} and {@code millrace.api.routes[0].queue=mail}. */
    interface Route {

        /** A task's name, in which {@code *} stands for any characters, also none. */
        String task();

        /** The queue of its jobs. */
        String queue();
    }
}
