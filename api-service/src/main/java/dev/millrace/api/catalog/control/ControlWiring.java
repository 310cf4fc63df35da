package dev.millrace.api.catalog.control;

import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.stream.control.ControlMembers;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisLinks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What those who speak with processes are given. */
final class ControlWiring {

    @Produces
    @Singleton
    Control control(RedisLinks links, Workers workers) {
        return new Control(links, workers, System::nanoTime);
    }

    @Produces
    @Singleton
    ControlMembers members(RedisLink link) {
        return new ControlMembers(link);
    }
}
