package dev.millrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processor time of processes as Linux counts it, in steps of 10 ms, and their memory. Elsewhere there is none to be found, and all
 * answers are zero.
 */
public final class CpuTime {

    /** What Linux counts in for programs, on every architecture. */
    private static final long NANOS_PER_TICK = 10_000_000L;

    private static final String RESIDENT = "VmRSS:";
    private static final long BYTES_PER_KIB = 1_024;

    private final Path proc;

    /** {@code proc} is {@code /proc}. */
    public CpuTime(Path proc) {
        this.proc = proc;
    }

    /** Whether this system tells. */
    public boolean known() {
        return Files.isReadable(proc.resolve("self/stat"));
    }

    /** Of a process without its children; zero if there is no such process. */
    public Duration alone(long pid) {
        return ticks(stat(pid).map(Stat::own).orElse(0L));
    }

    /** Of a process and its children, those that have ended too. */
    public Duration ofFamily(long pid) {
        long ticks = stat(pid).map(Stat::whole).orElse(0L);
        for (long other : all()) {
            ticks += stat(other)
                    .filter(stat -> stat.parent() == pid)
                    .map(Stat::whole)
                    .orElse(0L);
        }
        return ticks(ticks);
    }

    /** A process and its children that run; what is not there has none. */
    public List<Long> family(long pid) {
        List<Long> family = new ArrayList<>(List.of(pid));
        for (long other : all()) {
            if (stat(other).filter(stat -> stat.parent() == pid).isPresent()) {
                family.add(other);
            }
        }
        return family;
    }

    /** Of all processors of the machine together, idle time left out. */
    public Duration ofBox() {
        return read(proc.resolve("stat")).map(CpuTime::busy).orElse(Duration.ZERO);
    }

    /** How many processes waited for a processor, on average over the last minute. */
    public double load() {
        return read(proc.resolve("loadavg"))
                .map(text -> Double.parseDouble(text.split(" ", 2)[0]))
                .orElse(0.0);
    }

    /** What of a process lies in memory; 0 if there is no such process. */
    public long memoryBytes(long pid) {
        return read(proc.resolve(Long.toString(pid)).resolve("status"))
                .flatMap(CpuTime::resident)
                .orElse(0L);
    }

    /** The line {@code VmRSS:   123456 kB}. */
    private static Optional<Long> resident(String text) {
        return text.lines()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
                .findFirst();
    }

    private List<Long> all() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            folders.forEach(
                    folder -> pids.add(Long.parseLong(folder.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    private Optional<Stat> stat(long pid) {
        return read(proc.resolve(Long.toString(pid)).resolve("stat")).map(Stat::parse);
    }

    // A process may end between two looks; it is then as if it had not been there.
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first line: {@code cpu user nice system idle iowait irq softirq steal …}. */
    private static Duration busy(String text) {
        String[] words = text.lines().findFirst().orElse("").trim().split("\\s+", -1);
        long ticks = 0;
        for (int i = 1; i < Math.min(words.length, 9); i++) {
            boolean idle = i == 4 || i == 5;
            ticks += idle ? 0 : Long.parseLong(words[i]);
        }
        return ticks(ticks);
    }

    private static Duration ticks(long ticks) {
        return Duration.ofNanos(ticks * NANOS_PER_TICK);
    }

    /**
     * One line of {@code /proc/<pid>/stat}.
     *
     * @param ended ticks of children that it has waited for
     */
    record Stat(long parent, long own, long ended) {

        private static final int PARENT = 1;
        private static final int TIMES = 11;

        /** The program's name stands in brackets and may hold anything, brackets too. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
            return new Stat(Long.parseLong(fields[PARENT]), sum(fields, TIMES), sum(fields, TIMES + 2));
        }

        /** In user mode and in the kernel. */
        private static long sum(String[] fields, int first) {
            return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
        }

        long whole() {
            return own + ended;
        }
    }
}
