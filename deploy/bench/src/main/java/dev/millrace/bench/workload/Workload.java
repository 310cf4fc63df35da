package dev.millrace.bench.workload;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured, in the order in which it is. */
public enum Workload {

    /** Submit in bulk while no worker runs, then start workers and let them drain it. */
    BACKLOG,
    /** Submit in bulk to workers that run and are warm. */
    E2E,
    /** One job each 10 ms: how long until it starts, and until its result is back. */
    LATENCY,
    /** 2,000 jobs that sleep 100 ms, on 1,000 slots. */
    IO,
    /** 10,000 jobs, or as many as the others have if those are fewer, that fall due within one second: how late they start. */
    DELAY,
    /** Submit one by one, from one client and from 50. */
    SINGLE,
    /** 100,000 schedules that are not due, or as many as the others have jobs; then 1,000 that fire every second. */
    SCHEDULES;

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its word. */
    public static Optional<Workload> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Those that tell of jobs: schedules are made one by one, which takes many minutes. */
    public static Set<Workload> usual() {
        return EnumSet.complementOf(EnumSet.of(SCHEDULES));
    }

    /** All words, to be read. */
    public static String words() {
        return Arrays.stream(values()).map(Workload::word).collect(Collectors.joining(", "));
    }
}
