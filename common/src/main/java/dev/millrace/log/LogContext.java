package dev.millrace.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.MDC;

/**
 * Fields that say whom lines are about. They are put on the lines that a thread logs while it is {@link #within} them, and
 * on those of virtual threads which it starts meanwhile.
 *
 * <p>Platform threads that it starts would inherit them as well, and a pool would keep them for everybody it ever works
 * for: their lines carry no fields, rather than another's.
 *
 * @param fields by name; of a job {@code jobId}, {@code task}, {@code queue}, {@code attempt}, {@code run}, {@code worker}, and of a member of a
 *     workflow {@code workflow}, {@code node}, {@code index}
 */
public record LogContext(Map<String, String> fields) {

    /** Those of a job. */
    static final Set<String> JOB_FIELDS =
            Set.of("jobId", "task", "queue", "attempt", "run", "worker", "workflow", "node", "index");

    /** Names the thread that the fields were put on; never written. */
    private static final String OWNER = "millrace.owner";

    public LogContext {
        fields = Map.copyOf(fields);
    }

    /** Runs it with these fields, and no others, on its lines. What the thread had before, it has again afterwards. */
    public void within(Runnable step) {
        Map<String, Object> before = new HashMap<>(MDC.getMap());
        MDC.clear();
        fields.forEach(MDC::put);
        MDC.put(OWNER, Long.toString(Thread.currentThread().threadId()));
        try {
            step.run();
        } finally {
            MDC.clear();
            before.forEach(MDC::put);
        }
    }

    /** Whether this thread is within these fields now. */
    public boolean isHere() {
        return Long.toString(Thread.currentThread().threadId()).equals(MDC.get(OWNER))
                && fields.equals(ofThread(Thread.currentThread().threadId(), strings()));
    }

    /** The fields of a line that a thread logged: all that it has, without those that are not its own. */
    static Map<String, String> ofThread(long thread, Map<String, String> all) {
        Map<String, String> fields = new HashMap<>(all);
        String owner = fields.remove(OWNER);
        boolean foreign = owner != null && !owner.equals(Long.toString(thread)) && !isVirtual(thread);
        return foreign ? new HashMap<>() : fields;
    }

    // Of a line that is written later, by another thread, only its own number is known.
    private static boolean isVirtual(long thread) {
        Thread current = Thread.currentThread();
        return current.threadId() != thread || current.isVirtual();
    }

    private static Map<String, String> strings() {
        Map<String, String> strings = new HashMap<>();
        MDC.getMap().forEach((name, value) -> strings.put(name, String.valueOf(value)));
        return strings;
    }
}
