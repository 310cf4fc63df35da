package dev.millrace.ctl.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Settings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much a tenant may have at a time, as far as it is given. */
public final class QuotaOptions {

    private static final String NO_LIMIT = "none";

    @Option(
            names = "--queued-jobs",
            paramLabel = "N",
            description = "How many of its jobs may wait; 'none', here and below, for no limit.")
    Optional<String> queuedJobs = Optional.empty();

    @Option(names = "--schedules", paramLabel = "N", description = "How many schedules it may have.")
    Optional<String> schedules = Optional.empty();

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "How many event streams it may have open at an instance of the server.")
    Optional<String> streams = Optional.empty();

    @Option(
            names = "--submits-per-second",
            paramLabel = "N",
            description = "How many of its jobs an instance of the server accepts in a second.")
    Optional<String> submitsPerSecond = Optional.empty();

    /** Those that are given; empty if none is. */
    ObjectNode quotas() {
        ObjectNode quotas = Json.object();
        put(quotas, "queuedJobs", queuedJobs);
        put(quotas, "schedules", schedules);
        put(quotas, "streams", streams);
        put(quotas, "submitsPerSecond", submitsPerSecond);
        return quotas;
    }

    private static void put(ObjectNode quotas, String name, Optional<String> typed) {
        typed.ifPresent(value -> Settings.put(quotas, name, value, NO_LIMIT));
    }
}
