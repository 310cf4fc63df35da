package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.worker.held.JobRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

    private final HeldRuns runs = new HeldRuns();
    private final ProgressReporter reporter =
            new ProgressReporter(runs.streams, runs.held, runs.settler, runs.time.time());

    @Test
    void reportsAStartOnceItHasLastedFiftyMilliseconds() throws InterruptedException {
        JobRun run = runs.running();
        runs.time.advance(Duration.ofMillis(50));
        reporter.reportOnce();
        assertThat(runs.events(run, Started.class)).isEmpty();
        runs.time.advance(Duration.ofMillis(1));
        reporter.reportOnce();
        reporter.reportOnce();
        assertThat(runs.events(run, Started.class)).hasSize(1);
    }

    @Test
    void reportsOnlyTheLatestProgressOfFourTicks() throws InterruptedException {
        JobRun run = runs.running();
        for (int tick = 1; tick <= 8; tick++) {
            run.reports().progress(new Progress(tick, 8, null));
            reporter.reportOnce();
        }
        assertThat(runs.events(run, Progressed.class))
                .extracting(told -> told.progress().current())
                .containsExactly(4L, 8L);
    }

    @Test
    void reportsNothingOfARunThatIsDecided() throws InterruptedException {
        JobRun run = runs.running();
        run.decide();
        runs.time.advance(Duration.ofSeconds(1));
        reporter.reportOnce();
        assertThat(runs.events(run, Started.class)).isEmpty();
    }
}
