package dev.millrace.worker.tasks.monitor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Result of {@code monitor.health}.
 *
 * @param urls in the order of the payload
 * @param redisMs how long Redis took to answer this worker, in milliseconds
 */
@RegisterForReflection
public record Health(List<Answer> urls, long redisMs) {

    /**
     * An answer with a status of 2xx.
     *
     * @param url where it came from after redirects, without user name and password
     * @param durationMs until its head had come, in milliseconds
     */
    @RegisterForReflection
    public record Answer(String url, int status, long durationMs) {}
}
