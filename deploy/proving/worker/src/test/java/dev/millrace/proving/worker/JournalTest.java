package dev.millrace.proving.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Token;
import dev.millrace.task.JobOrder;
import dev.millrace.task.TaskContext;
import dev.millrace.task.WorkflowPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final UUID JOB = new UUID(1, 2);

    private final Path file;
    private final Journal journal;
    private final ChaosTasks tasks;

    JournalTest(@TempDir Path folder) {
        this.file = folder.resolve("journal.jsonl");
        this.journal = new Journal(file, 7, () -> Instant.ofEpochMilli(1_700_000_000_005L));
        this.tasks = new ChaosTasks(journal, () -> {
            throw new Dead();
        });
    }

    @Test
    void holdsALineForTheStartAndOneForTheEndOfARun() throws InterruptedException {
        tasks.work(new ChaosTasks.Work(1, 5), new Run());

        assertThat(file).hasContent("""
                        {"kind":"start","at":1700000000005,"job":"%1$s","token":"3.2.1","attempt":2,"worker":"7"}
                        {"kind":"stop","at":1700000000005,"job":"%1$s","token":"3.2.1","worker":"7"}
                        """.formatted(JOB));
    }

    @Test
    void holdsTheEndOfARunThatFailsToo() {
        assertThatThrownBy(() -> tasks.frail(new ChaosTasks.Frail(1, 5, 2), new Run()))
                .hasMessageContaining("attempt 2 fails");

        assertThat(file).content().contains("stop");
    }

    @Test
    void letsAFrailJobSucceedOnceItHasFailedOftenEnough() throws InterruptedException {
        tasks.frail(new ChaosTasks.Frail(1, 5, 1), new Run());

        assertThat(file).content().contains("stop");
    }

    @Test
    void endsItsProcessWhenItIsPoison() {
        assertThatThrownBy(() -> tasks.poison(new ChaosTasks.Work(1, 5), new Run()))
                .isInstanceOf(Dead.class);
    }

    private static final class Dead extends RuntimeException {}

    private static final class Run implements TaskContext {

        @Override
        public Optional<WorkflowPlace> place() {
            return Optional.empty();
        }

        @Override
        public UUID jobId() {
            return JOB;
        }

        @Override
        public UUID submit(JobOrder order) {
            throw new UnsupportedOperationException("These tasks order nothing.");
        }

        @Override
        public void flush() {}

        @Override
        public int attempt() {
            return 2;
        }

        @Override
        public int maxAttempts() {
            return 4;
        }

        @Override
        public long run() {
            return 2;
        }

        @Override
        public int delivery() {
            return 1;
        }

        @Override
        public long fencingToken() {
            return new Token(3, 2, 1).packed();
        }

        @Override
        public String queue() {
            return "chaos";
        }

        @Override
        public String tenant() {
            return "default";
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public Instant deadline() {
            return Instant.MAX;
        }

        @Override
        public Instant softDeadline() {
            return Instant.MAX;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void sleep(Duration duration) {}

        @Override
        public void progress(long current, long total, @Nullable String message) {}

        @Override
        public Logger logger() {
            return Logger.getLogger(JournalTest.class);
        }
    }
}
