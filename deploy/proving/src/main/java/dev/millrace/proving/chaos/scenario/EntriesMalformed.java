package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Whatever somebody writes into the streams, the jobs beside it run, and no process dies of it. */
final class EntriesMalformed implements Scenario {

    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final List<String> STREAMS = List.of(
            "mr:{s0}:q:chaos:normal",
            "mr:{s0}:q:chaos:critical",
            "mr:{s0}:q:chaos:suspect",
            "mr:{s0}:delays",
            "mr:{s0}:events",
            "mr:{ctl}:fleet");
    private static final String ID = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L).toString();
    private static final List<List<String>> RUBBISH = List.of(
            List.of("nobody", "knows"),
            List.of("job", "no id", "type", "SUCCEEDED"),
            List.of("job", ID),
            List.of("job", ID, "task", "chaos.work", "queue", "chaos", "run", "-1", "attempt", "x", "epoch", "1e400"),
            List.of("job", ID, "type", "SUCCEEDED", "epoch", "99999999999999999999", "run", "1", "delivery", "1"),
            List.of(
                    "job",
                    ID,
                    "type",
                    "OF_THE_FUTURE",
                    "epoch",
                    "1",
                    "run",
                    "1",
                    "delivery",
                    "1",
                    "attempt",
                    "1",
                    "at",
                    "1"),
            List.of("kind", "of-the-future", "worker", "nobody", "at", "1"),
            List.of("job", ID, "payload", "\u0000" + "[".repeat(10_000)),
            List.of("job", ID, "payload", "x".repeat(1_000_000)));

    @Override
    public String name() {
        return "entries-malformed";
    }

    @Override
    public String story() {
        return "6,000 jobs of 20 to 100 ms, while entries that nobody can read are written into six streams twice a second";
    }

    @Override
    public Topology topology() {
        return Topology.workers(2);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(6_000, 1_000), 100, 20, 100));
        int[] written = {0};
        platform.faults().inflicted(Fault.Kind.MALFORMED, "malformed entries twice a second", 0);
        platform.whileBusy(BETWEEN, size.pick(100, 18), round -> {
            for (String stream : STREAMS) {
                written[0] += write(platform, stream, RUBBISH.get(round % RUBBISH.size()));
            }
        });
        platform.figure("malformed", written[0]);
        platform.require(written[0] > 0, "Nothing malformed was written");
    }

    @Override
    public void judge(Platform platform, History history) {
        long failed = history.rows().stream()
                .filter(row -> !row.state().equals("SUCCEEDED"))
                .count();
        platform.require(failed == 0, "%d jobs did not succeed".formatted(failed));
        platform.figure("longestPauseMs", longestPause(history.executions()));
    }

    private static int write(Platform platform, String stream, List<String> fields) {
        String[] words = new String[3 + fields.size()];
        words[0] = "XADD";
        words[1] = stream;
        words[2] = "*";
        for (int i = 0; i < fields.size(); i++) {
            words[3 + i] = fields.get(i);
        }
        return platform.askRedis(words).isPresent() ? 1 : 0;
    }

    private static long longestPause(List<Execution> runs) {
        long longest = 0;
        for (int i = 1; i < runs.size(); i++) {
            longest =
                    Math.max(longest, runs.get(i).startedAt() - runs.get(i - 1).startedAt());
        }
        return longest;
    }
}
