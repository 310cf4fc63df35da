package dev.millrace.bench.workload;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured, in the order in which it is. */
public enum Workload {

    /** The first 15,000 jobs of a stack that has just been started, submitted in bulk. */
    COLD,
    /** 32 clients, each one job after the other, in the first 10 s of a stack that has just been started. */
    COLD_CLIENTS,
    /** Submit in bulk while the queue is paused, then let workers drain it. */
    BACKLOG,
    /** Submit in bulk to workers that run. */
    E2E,
    /** 32 clients, each one job after the other, for 10 s. */
    CLIENTS,
    /** One job each 10 ms: how long until it starts, and until its result is back. */
    LATENCY,
    /** 10,000 jobs, or as many as the others have if those are fewer, that fall due within one second: how late they start. */
    DELAY,
    /** 2,000 jobs that sleep 100 ms, on 1,000 slots. */
    IO,
    /** One client, one job after the other, while no worker runs. */
    SINGLE,
    /** Nothing happens for 30 s. */
    IDLE,
    /** 1,000 clients watch a job each by server-sent events: how long after its start they are told of its end. */
    LISTENERS,
    /** 100,000 schedules that are not due, or as many as the others have jobs; then 1,000 that fire every second. */
    SCHEDULES,
    /** A map of as many jobs as the others have, a chord of 1,000, and 200 chains of 5, all of jobs that do nothing. */
    WORKFLOWS;

    /** Whether it wants a stack of its own, which has done nothing yet. */
    public boolean cold() {
        return this == COLD || this == COLD_CLIENTS;
    }

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By its word. */
    public static Optional<Workload> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Those that tell of single jobs: schedules are made one by one, which takes many minutes, and connections may be few. */
    public static Set<Workload> usual() {
        return EnumSet.complementOf(EnumSet.of(SCHEDULES, LISTENERS, WORKFLOWS));
    }

    /** All words, to be read. */
    public static String words() {
        return Arrays.stream(values()).map(Workload::word).collect(Collectors.joining(", "));
    }
}
