package dev.millrace.loop;

import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * What the loops of a service wait for. Logs each reason once, however many loops have it, and once that none has it any
 * more: a loop whose call was on its way when the first one worked again is no news. May be used by many threads.
 */
final class Waits {

    private static final Logger LOG = Logger.getLogger(Loop.class);

    /** How many loops wait, by the reason. */
    private final Map<String, Integer> waiting = new HashMap<>();

    /** A loop cannot work for this reason, where it could before. */
    synchronized void begin(String reason) {
        if (waiting.merge(reason, 1, Integer::sum) == 1) {
            LOG.info(reason);
        }
    }

    /** A loop works that could not for this reason. */
    synchronized void end(String reason) {
        if (waiting.merge(reason, -1, (loops, one) -> loops == 1 ? null : loops - 1) == null) {
            LOG.infof("It is so no longer: %s", reason);
        }
    }
}
