package dev.millrace.bench.counts;

import dev.millrace.bench.measure.Counter;
import dev.millrace.bench.measure.CpuTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often the threads of processes have waited and were woken, as Linux counts it ({@code voluntary_ctxt_switches}). What a
 * thread does between the last look at it and its end is not seen. Elsewhere than on Linux nothing is counted.
 */
public final class WakeUps implements Counter {

    private static final String LINE = "voluntary_ctxt_switches:";

    private final Path proc;
    private final CpuTime processes;
    private final Map<String, List<Long>> parties;
    private final Map<Path, Long> seen = new HashMap<>();
    private final Map<String, Long> sums = new HashMap<>();

    /**
     * Nothing is looked at yet.
     *
     * @param proc {@code /proc}
     * @param parties processes, with their children, by the name under which they are counted: {@code wakeUps.<name>}
     */
    public WakeUps(Path proc, Map<String, List<Long>> parties) {
        this.proc = proc;
        this.processes = new CpuTime(proc);
        this.parties = Map.copyOf(parties);
    }

    @Override
    public void putInto(Map<String, Long> counts) {
        parties.forEach((party, pids) -> {
            pids.stream().flatMap(pid -> processes.family(pid).stream()).forEach(pid -> look(party, pid));
            counts.put("wakeUps." + party, sums.getOrDefault(party, 0L));
        });
    }

    private void look(String party, long pid) {
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("task"))) {
            for (Path thread : threads) {
                long now = switches(thread);
                Long before = seen.put(thread, now);
                sums.merge(party, Math.max(now - (before == null ? 0 : before), 0), Long::sum);
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            // It has ended, or there is no such system.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long switches(Path thread) throws IOException {
        try {
            return Files.readAllLines(thread.resolve("status")).stream()
                    .filter(line -> line.startsWith(LINE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }
}
