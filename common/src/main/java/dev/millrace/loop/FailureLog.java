package dev.millrace.loop;

import java.time.Duration;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Logs the failures of one loop, or duty. An outage is one event: its first failure is a warning with its trace, the
 * others are there on demand. Before a loop has ever turned well its failures are those of a start, in which things come
 * up in any order: the first is one line, and only one that has failed {@value #START} times is a warning. For the
 * thread of the loop, or the turns of the duty, only.
 */
final class FailureLog {

    static final int START = 20;

    private static final Logger LOG = Logger.getLogger(Loop.class);

    private final String loop;
    private final Waits waits;
    private int inARow;
    private boolean starting = true;
    private @Nullable String reason;

    FailureLog(String loop, Waits waits) {
        this.loop = loop;
        this.waits = waits;
    }

    void turnedWell() {
        waitFor(null);
        if (inARow > 0) {
            LOG.infof("Loop '%s' turns well%s after %d failures.", loop, starting ? "" : " again", inARow);
        }
        starting = false;
        inARow = 0;
    }

    /** The step threw, and is called again after the pause. */
    void failed(Throwable failure, Duration pause) {
        if (failure instanceof ExpectedFailure expected) {
            waitFor(expected.getMessage());
        } else {
            inARow++;
            log(failure, pause);
        }
    }

    private void waitFor(@Nullable String now) {
        if (Objects.equals(now, reason)) {
            return;
        }
        if (reason != null) {
            waits.end(reason);
        }
        if (now != null) {
            waits.begin(now);
        }
        reason = now;
    }

    private void log(Throwable failure, Duration pause) {
        if (starting && inARow == 1) {
            // Without its message, which may quote what nobody should read: only what is logged as thrown is cleaned of
            // that.
            String type = failure.getClass().getSimpleName();
            LOG.infof("Loop '%s' does not turn yet (%s); it turns again in %s.", loop, type, pause);
        } else {
            LOG.logf(level(), failure, "Loop '%s' failed; it turns again in %s.", loop, pause);
        }
    }

    private Logger.Level level() {
        return inARow == (starting ? START : 1) ? Logger.Level.WARN : Logger.Level.DEBUG;
    }
}
