package dev.millrace.stream.redis;

import dev.millrace.loop.ExpectedFailure;

/**
 * Redis could not be asked, or would not do as asked. Nothing is known of the effect of the call unless a subtype says
 * so; every call of {@code JobStreams} may be repeated.
 */
public sealed class StreamsUnavailable extends RuntimeException {

    /** The {@link Refused#code} of a group, or its whole stream, that is not there. */
    public static final String NO_GROUP = "NOGROUP";

    /** The same of one whose stream went while somebody waited for its entries. */
    public static final String UNBLOCKED = "UNBLOCKED";

    private static final long serialVersionUID = 1;

    public StreamsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public StreamsUnavailable(String message) {
        super(message);
    }

    /** Redis lost its data, or was restarted, and is not yet blessed again; the call changed nothing. */
    public static final class Cold extends StreamsUnavailable implements ExpectedFailure {

        private static final long serialVersionUID = 1;

        public Cold() {
            super("Redis was restarted or emptied; waiting until an api instance has reconciled it.");
        }
    }

    /** Redis answered with an error, such as OOM, NOGROUP or NOPERM; the call changed nothing. */
    public static final class Refused extends StreamsUnavailable {

        private static final long serialVersionUID = 1;

        private final String code;

        public Refused(String answer, Throwable cause) {
            super("Redis answered: " + answer, cause);
            this.code = answer.split(" ", 2)[0];
        }

        /** The first word of Redis's answer. */
        public String code() {
            return code;
        }
    }
}
