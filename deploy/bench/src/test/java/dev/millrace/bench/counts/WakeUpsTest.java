package dev.millrace.bench.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakeUpsTest {

    @TempDir
    Path proc;

    @Test
    void areThoseOfAllThreadsOfAllProcessesOfAParty() throws IOException {
        thread(1, 1, 10);
        thread(1, 2, 20);
        thread(3, 3, 40);
        WakeUps wakeUps = new WakeUps(proc, Map.of("api", List.of(1L, 3L)));

        assertThat(counted(wakeUps)).containsExactly(Map.entry("wakeUps.api", 70L));
    }

    @Test
    void neverGoBackWhenAThreadEndsAndCountTheWholeOfANewOne() throws IOException {
        thread(1, 1, 10);
        Path ending = thread(1, 2, 20);
        WakeUps wakeUps = new WakeUps(proc, Map.of("api", List.of(1L)));
        counted(wakeUps);

        Files.delete(ending);
        Files.delete(ending.getParent());
        thread(1, 1, 11);
        thread(1, 5, 100);

        assertThat(counted(wakeUps)).containsExactly(Map.entry("wakeUps.api", 131L));
    }

    @Test
    void areNoneOfAProcessThatIsGone() {
        assertThat(counted(new WakeUps(proc, Map.of("api", List.of(4711L)))))
                .containsExactly(Map.entry("wakeUps.api", 0L));
    }

    private static Map<String, Long> counted(WakeUps wakeUps) {
        Map<String, Long> counts = new LinkedHashMap<>();
        wakeUps.putInto(counts);
        return counts;
    }

    private Path thread(int pid, int tid, int switches) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid + "/task/" + tid));
        return Files.writeString(
                folder.resolve("status"),
                "Name:\tx\nvoluntary_ctxt_switches:\t%d\nnonvoluntary_ctxt_switches:\t99\n".formatted(switches));
    }
}
