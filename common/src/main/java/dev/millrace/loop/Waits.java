package dev.millrace.loop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** What the loops of a service wait for. Logs each reason once, however many loops have it. May be used by many threads. */
final class Waits {

    private static final Logger LOG = Logger.getLogger(Loop.class);

    private final Set<String> reasons = ConcurrentHashMap.newKeySet();

    /** A loop cannot work for this reason. */
    void begin(String reason) {
        if (reasons.add(reason)) {
            LOG.info(reason);
        }
    }

    /** A loop works that could not for this reason; the others will, too. */
    void end(String reason) {
        if (reasons.remove(reason)) {
            LOG.infof("It is so no longer: %s", reason);
        }
    }
}
