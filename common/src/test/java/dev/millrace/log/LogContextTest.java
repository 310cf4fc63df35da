package dev.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogContextTest {

    private static final LogContext FIRST = new LogContext(Map.of("jobId", "1", "task", "demo.echo"));
    private static final LogContext SECOND = new LogContext(Map.of("jobId", "2"));

    @Test
    void putsItsFieldsOnItsThreadAndNoOthersAndTakesThemAwayAgain() {
        FIRST.within(() -> {
            assertThat(ofThisThread()).isEqualTo(FIRST.fields());
            SECOND.within(() -> assertThat(ofThisThread()).isEqualTo(SECOND.fields()));
            assertThat(ofThisThread()).isEqualTo(FIRST.fields());
            assertThat(FIRST.isHere()).isTrue();
            assertThat(SECOND.isHere()).isFalse();
        });
        assertThat(MDC.getMap()).isEmpty();
    }

    @Test
    void aPoolsThreadThatAJobCreatedCarriesNobodysFields() throws Exception {
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            FIRST.within(() -> get(pool));
            assertThat(get(pool)).isEmpty();
        }
    }

    private static Map<String, String> get(ExecutorService pool) {
        try {
            return pool.submit(LogContextTest::ofThisThread).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // As a record has them: the provider of the service inherits, this module's does not.
    private static Map<String, String> ofThisThread() {
        Map<String, String> all = new HashMap<>();
        MDC.getMap().forEach((name, value) -> all.put(name, String.valueOf(value)));
        return LogContext.ofThread(Thread.currentThread().threadId(), all);
    }

    @Test
    void dropsWhatAPlatformThreadInherited() throws Exception {
        Map<String, String> inherited = Map.of("jobId", "1", "millrace.owner", "999999");
        Map<String, Map<String, String>> seen = new HashMap<>();

        Thread platform = Thread.ofPlatform().start(() -> seen.put("platform", of(inherited)));
        platform.join();
        Thread.ofVirtual().start(() -> seen.put("virtual", of(inherited))).join();

        assertThat(seen).isEqualTo(Map.of("platform", Map.of(), "virtual", Map.of("jobId", "1")));
    }

    private static Map<String, String> of(Map<String, String> all) {
        return LogContext.ofThread(Thread.currentThread().threadId(), all);
    }
}
