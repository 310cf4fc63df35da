package dev.millrace.api.service.diagnostics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is made of what Redis says of itself.
 *
 * @param complaint why jobs cannot be trusted to it; empty if they can
 * @param open whether it is open for work
 * @param latency of one call
 * @param memory the section of INFO
 * @param persistence the section of INFO
 */
record RedisFindings(
        Optional<String> complaint,
        boolean open,
        Duration latency,
        Map<String, String> memory,
        Map<String, String> persistence) {

    static final String NAME = "redis";

    private static final Duration SLOW = Duration.ofMillis(100);
    private static final int PERCENT = 100;
    private static final long MUCH = 80;
    private static final long TOO_MUCH = 95;

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        complaint.ifPresent(why ->
                findings.add(Finding.bad(NAME, why, "Change the configuration of Redis, or the Redis that is used.")));
        if (!open) {
            findings.add(
                    Finding.bad(
                            NAME,
                            "Redis was restarted or emptied, and is not open yet.",
                            "An api opens it as soon as PostgreSQL can be asked; if it stays so, look into the logs of the apis."));
        }
        if (latency.compareTo(SLOW) > 0) {
            findings.add(Finding.note(
                    NAME,
                    "A call took " + latency.toMillis() + " ms.",
                    "Look for slow commands (SLOWLOG), a busy machine, or a long way through the network."));
        }
        addMemory(findings);
        addPersistence(findings);
        return findings.isEmpty()
                ? List.of(Finding.ok(NAME, "It answers within " + latency.toMillis() + " ms and keeps what it has."))
                : findings;
    }

    private void addMemory(List<Finding> findings) {
        long most = number(memory, "maxmemory");
        long percent = most <= 0 ? 0 : number(memory, "used_memory") * PERCENT / most;
        String advice =
                "Raise maxmemory, or let more workers empty the queues. New jobs wait in PostgreSQL while it is full.";
        if (percent >= TOO_MUCH) {
            findings.add(Finding.bad(NAME, percent + " % of its memory are used.", advice));
        } else if (percent >= MUCH) {
            findings.add(Finding.note(NAME, percent + " % of its memory are used.", advice));
        }
    }

    private void addPersistence(List<Finding> findings) {
        if (persistence.getOrDefault("aof_enabled", "1").equals("0")) {
            findings.add(Finding.note(
                    NAME,
                    "It has no append-only file: a restart loses what it has.",
                    "Set 'appendonly yes'. Without, jobs whose end was not recorded run again after a restart."));
        }
        for (String what : List.of("aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status")) {
            if (!persistence.getOrDefault(what, "ok").equals("ok")) {
                findings.add(Finding.bad(
                        NAME,
                        "It cannot write to its disk (" + what + ").",
                        "Look whether the disk is full, and into the log of Redis."));
            }
        }
    }

    private static long number(Map<String, String> info, String name) {
        String text = info.getOrDefault(name, "0");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
