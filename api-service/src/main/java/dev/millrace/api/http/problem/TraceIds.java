package dev.millrace.api.http.problem;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
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

    /**
     * What a job that is submitted now continues: the span of this request if this service traces it, else what the
     * header says, if that is valid.
     */
    public static @Nullable String parentOf(@Nullable String header) {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-%s-%s-%s"
                        .formatted(
                                span.getTraceId(),
                                span.getSpanId(),
                                span.getTraceFlags().asHex())
                : validParent(header);
    }

    /**
     * The trace id of this request, 32 hexadecimal digits: that of its span, else of the header, else a new one.
     */
    public String of(@Nullable String header) {
        String known = known(header);
        return known == null ? fresh() : known;
    }

    /** As {@link #of}; null in place of a new one. */
    static @Nullable String known(@Nullable String header) {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : ofHeader(header);
    }

    private static @Nullable String ofHeader(@Nullable String header) {
        Matcher parent = TRACE_PARENT.matcher(header == null ? "" : header);
        return parent.matches() ? parent.group(1) : null;
    }

    private String fresh() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
