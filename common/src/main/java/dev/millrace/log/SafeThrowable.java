package dev.millrace.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the log shows of an exception: its type, its message where that can quote nobody's data, its frames and its causes;
 * together about 8 KiB at most. It is never thrown.
 */
final class SafeThrowable extends Throwable {

    private static final long serialVersionUID = 1;

    private static final int MOST_OF_A_MESSAGE = 2 * 1024;
    private static final int MOST_OF_ALL = LogEscaping.MOST_BYTES;

    private final String text;

    private SafeThrowable(String text, @Nullable SafeThrowable cause, StackTraceElement[] frames) {
        super(null, cause, true, true);
        this.text = text;
        setStackTrace(frames);
    }

    /** @param withoutSecrets what is done with each message first */
    static SafeThrowable of(Throwable original, UnaryOperator<String> withoutSecrets) {
        return safe(original, new Room(withoutSecrets));
    }

    /** In place of the original's, whose type it names. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return text;
    }

    /** Where it was made is nobody's concern. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    private static SafeThrowable safe(Throwable original, Room room) {
        String text = room.enter(original);
        StackTraceElement[] frames = room.framesOf(original);
        Throwable cause = original.getCause();
        SafeThrowable safe =
                new SafeThrowable(text, cause == null || room.full(cause) ? null : safe(cause, room), frames);
        for (Throwable suppressed : original.getSuppressed()) {
            if (!room.full(suppressed)) {
                safe.addSuppressed(safe(suppressed, room));
            }
        }
        return safe;
    }

    private static String text(Throwable original, UnaryOperator<String> withoutSecrets) {
        String type = original.getClass().getName();
        String message = DataQuotingExceptions.mayQuote(original) ? null : original.getMessage();
        return LogEscaping.of(message == null ? type : type + ": " + withoutSecrets.apply(message), MOST_OF_A_MESSAGE);
    }

    /** What is left of the bound, and what was safe already: causes may go in circles. */
    private static final class Room {

        private final Set<Throwable> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        private final UnaryOperator<String> withoutSecrets;
        private int left = MOST_OF_ALL;

        private Room(UnaryOperator<String> withoutSecrets) {
            this.withoutSecrets = withoutSecrets;
        }

        /** What is shown of it. */
        private String enter(Throwable original) {
            entered.add(original);
            String text = text(original, withoutSecrets);
            left -= text.length();
            return text;
        }

        private boolean full(Throwable next) {
            return left <= 0 || entered.contains(next);
        }

        // Half of what is left: the causes are shown as well.
        private StackTraceElement[] framesOf(Throwable original) {
            int least = left / 2;
            List<StackTraceElement> frames = new ArrayList<>();
            for (StackTraceElement frame : original.getStackTrace()) {
                int length = frame.toString().length() + "\tat \n".length();
                if (left - length < least) {
                    break;
                }
                left -= length;
                frames.add(frame);
            }
            return frames.toArray(StackTraceElement[]::new);
        }
    }
}
