package dev.millrace.api.service.diagnostics;

import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.RedisCheck;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.ServerInfo;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Whether Redis answers, keeps what it has, and has room. */
record RedisCheckup(RedisLink link, RedisEpoch epochs, LongSupplier nanos) implements Check {

    @Override
    public String name() {
        return RedisFindings.NAME;
    }

    @Override
    public List<Finding> look() {
        try {
            return asked().all();
        } catch (StreamsUnavailable away) {
            return List.of(
                    Finding.bad(
                            name(),
                            "Redis cannot be reached.",
                            "Look whether it is up, whether REDIS_URL leads there from here, and whether a firewall stands between; then into its log. Jobs are accepted meanwhile, and wait."));
        }
    }

    private RedisFindings asked() {
        long began = nanos.getAsLong();
        epochs.uptime();
        Duration latency = Duration.ofNanos(nanos.getAsLong() - began);
        return new RedisFindings(
                complaint(), isOpen(), latency, ServerInfo.of(link, "memory"), ServerInfo.of(link, "persistence"));
    }

    private Optional<String> complaint() {
        try {
            RedisCheck.require(link);
            return Optional.empty();
        } catch (IllegalStateException untrusted) {
            return Optional.of(String.valueOf(untrusted.getMessage()));
        }
    }

    private boolean isOpen() {
        try {
            return epochs.epoch() > 0;
        } catch (StreamsUnavailable.Cold cold) {
            return false;
        }
    }
}
