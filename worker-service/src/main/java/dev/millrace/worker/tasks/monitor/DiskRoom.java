package dev.millrace.worker.tasks.monitor;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Result of {@code monitor.disk}.
 *
 * @param path as it was asked for, or the worker's working directory
 * @param freeBytes what this worker's user may still use
 * @param freePercent of all, to a tenth
 */
@RegisterForReflection
public record DiskRoom(String path, long totalBytes, long freeBytes, double freePercent) {

    private static final double TENTHS = 1_000;
    private static final double PER_PERCENT = 10;

    static DiskRoom of(String path, long total, long free) {
        return new DiskRoom(path, total, free, Math.floor(TENTHS * free / total) / PER_PERCENT);
    }
}
