package dev.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Logger LOGGER = Logger.getLogger(Loop.class.getName());

    private final List<LogRecord> told = new ArrayList<>();
    private final Waits waits = new Waits();
    private final FailureLog log = new FailureLog("one", waits);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            told.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static final class NotOpen extends RuntimeException implements ExpectedFailure {

        private static final long serialVersionUID = 1;

        NotOpen() {
            super("The shop is not open yet.");
        }
    }

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void tellsOnceOfWhatSeveralLoopsWaitFor() {
        FailureLog other = new FailureLog("other", waits);
        log.failed(new NotOpen(), PAUSE);
        other.failed(new NotOpen(), PAUSE);
        log.failed(new NotOpen(), PAUSE);
        log.turnedWell();
        other.turnedWell();

        assertThat(told).allMatch(entry -> entry.getLevel().equals(Level.INFO) && entry.getThrown() == null);
        assertThat(texts())
                .containsExactly("The shop is not open yet.", "It is so no longer: The shop is not open yet.");
    }

    @Test
    void tellsNothingOfACallThatWasOnItsWayWhenOthersWorkedAgain() {
        FailureLog other = new FailureLog("other", waits);
        log.failed(new NotOpen(), PAUSE);
        other.failed(new NotOpen(), PAUSE);
        log.turnedWell();
        other.failed(new NotOpen(), PAUSE);
        other.turnedWell();
        log.failed(new NotOpen(), PAUSE);

        assertThat(texts())
                .containsExactly(
                        "The shop is not open yet.",
                        "It is so no longer: The shop is not open yet.",
                        "The shop is not open yet.");
    }

    @Test
    void warnsOfTheFirstFailureInARowOnceItHasTurned() {
        log.turnedWell();
        log.failed(new IllegalStateException("broken"), PAUSE);
        log.failed(new IllegalStateException("broken"), PAUSE);
        log.turnedWell();

        assertThat(told).extracting(LogRecord::getLevel).containsExactly(Level.WARNING, Level.INFO);
        assertThat(told.getFirst().getThrown()).hasMessage("broken");
        assertThat(texts()).last().isEqualTo("Loop 'one' turns well again after 2 failures.");
    }

    @Test
    void warnsOfAFailureThatFollowsAWait() {
        log.turnedWell();
        log.failed(new NotOpen(), PAUSE);
        log.failed(new IllegalStateException("broken"), PAUSE);

        assertThat(told).extracting(LogRecord::getLevel).containsExactly(Level.INFO, Level.WARNING);
    }

    @Test
    void tellsOfAStartInALineAndWarnsIfItLasts() {
        for (int i = 0; i < FailureLog.START; i++) {
            log.failed(new IllegalStateException("no server yet"), PAUSE);
        }

        assertThat(told).extracting(LogRecord::getLevel).containsExactly(Level.INFO, Level.WARNING);
        assertThat(told.getFirst().getThrown()).isNull();
        assertThat(texts()).first().asString().contains("IllegalStateException").doesNotContain("no server yet");
    }

    private List<String> texts() {
        return told.stream().map(LogRecord::getMessage).toList();
    }
}
