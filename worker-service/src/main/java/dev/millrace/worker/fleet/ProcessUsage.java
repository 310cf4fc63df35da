package dev.millrace.worker.fleet;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of its machine. */
public final class ProcessUsage {

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    /** Of the whole machine, 0 to 100; 0 where the JVM cannot tell. */
    double cpuPercent() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean precise
                ? Math.clamp(precise.getProcessCpuLoad() * 100, 0, 100)
                : 0;
    }

    /** Resident memory on Linux; elsewhere what the JVM's heap holds of the machine. */
    long memoryBytes() {
        try {
            return Files.exists(STATM)
                    ? residentPages(Files.readString(STATM)) * PAGE_BYTES
                    : Runtime.getRuntime().totalMemory();
        } catch (IOException unreadable) {
            return Runtime.getRuntime().totalMemory();
        }
    }

    private static long residentPages(String statm) {
        int second = statm.indexOf(' ') + 1;
        return Long.parseLong(statm, second, statm.indexOf(' ', second), 10);
    }
}
