package dev.millrace.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTimeTest {

    @TempDir
    Path proc;

    @Test
    void addsUpWhatAProcessAndItsEndedChildrenUsed() throws IOException {
        process(7, "redis", 1, 100, 20, 3, 4);

        assertThat(cpu().ofFamily(7)).isEqualTo(Duration.ofMillis(1_270));
        assertThat(cpu().alone(7)).isEqualTo(Duration.ofMillis(1_200));
    }

    @Test
    void isNotMisledByAName() throws IOException {
        process(7, "a) S 9 9 (b", 1, 1, 0, 0, 0);

        assertThat(cpu().alone(7)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void countsTheChildrenThatRunAndNobodyElse() throws IOException {
        process(7, "postgres", 1, 10, 0, 5, 0);
        process(8, "postgres", 7, 20, 0, 0, 0);
        process(9, "postgres", 7, 40, 0, 0, 0);
        process(10, "else", 1, 1_000, 0, 0, 0);

        assertThat(cpu().ofFamily(7)).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void isNothingForAProcessThatIsGone() {
        assertThat(cpu().alone(4711)).isZero();
        assertThat(cpu().ofFamily(4711)).isZero();
    }

    @Test
    void leavesTheBoxesIdleTimeOut() throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu  100 1 20 9000 800 3 4 5 6 7\ncpu0 1 1 1 1\n");

        assertThat(cpu().ofBox()).isEqualTo(Duration.ofMillis(1_330));
    }

    @Test
    void readsTheLoad() throws IOException {
        Files.writeString(proc.resolve("loadavg"), "7.88 3.18 1.35 2/345 6789\n");

        assertThat(cpu().load()).isEqualTo(7.88);
    }

    @Test
    void knowsWhereThereIsNothingToRead() {
        assertThat(cpu().known()).isFalse();
        assertThat(cpu().ofBox()).isZero();
        assertThat(cpu().load()).isZero();
    }

    /** What this very process burns must be seen, as must a child of it. */
    @Test
    void seesRealWork() throws Exception {
        CpuTime real = new CpuTime(Path.of("/proc"));
        long self = ProcessHandle.current().pid();
        Duration before = real.ofFamily(self);

        Process child = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").start();
        assertThat(child.waitFor()).isZero();

        assertThat(real.ofFamily(self).minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        assertThat(real.ofBox()).isPositive();
    }

    @Test
    void tellsWhatLiesInMemory() throws IOException {
        process(7, "scheduler", 1, 0, 0, 0, 0);
        Files.writeString(
                proc.resolve("7/status"), "Name:\tjava\nVmPeak:\t  9000 kB\nVmRSS:\t  2048 kB\nThreads:\t3\n");

        assertThat(cpu().memoryBytes(7)).isEqualTo(2 << 20);
        assertThat(cpu().memoryBytes(8)).isZero();
    }

    private CpuTime cpu() {
        return new CpuTime(proc);
    }

    // Fields 4 to 13 but the parent are of no interest here.
    private void process(int pid, String name, int parent, int user, int system, int childUser, int childSystem)
            throws IOException {
        Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(
                proc.resolve(pid + "/stat"),
                "%d (%s) S %d 5 5 0 -1 4194560 900 900 900 900 %d %d %d %d 20 0 1 0 55 66 77\n"
                        .formatted(pid, name, parent, user, system, childUser, childSystem));
    }
}
