package dev.millrace.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process has used and holds.
 *
 * @param cpu time on all cores since its start
 * @param rssMb memory that is resident, pages that it shares with others counted in full; 0 where the system does not tell
 * @param pssMb the same, shared pages counted in part
 */
public record Footprint(Duration cpu, double rssMb, double pssMb) {

    private static final double KB_PER_MB = 1024;

    /** Of a process of ours; zeros for one that has ended. */
    public static Footprint of(long pid) {
        Duration cpu = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        Path memory = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        return new Footprint(cpu, megabytes(memory, "Rss:"), megabytes(memory, "Pss:"));
    }

    private static double megabytes(Path memory, String name) {
        try (Stream<String> lines = Files.lines(memory)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KB_PER_MB)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
