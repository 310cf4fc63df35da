package dev.millrace.api.problem;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the trace that a request belongs to (W3C Trace Context), or makes one. */
public final class TraceIds {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private final RandomGenerator random;

    public TraceIds(RandomGenerator random) {
        this.random = random;
    }

    /** The header as it was sent if it is valid, else null: an invalid one is to be ignored. */
    public static @Nullable String validParent(@Nullable String header) {
        return header != null && TRACE_PARENT.matcher(header).matches() ? header : null;
    }

    /** The trace id of the header, 32 hexadecimal digits; a new one if there is none. */
    public String of(@Nullable String header) {
        Matcher parent = TRACE_PARENT.matcher(header == null ? "" : header);
        return parent.matches() ? parent.group(1) : fresh();
    }

    private String fresh() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
