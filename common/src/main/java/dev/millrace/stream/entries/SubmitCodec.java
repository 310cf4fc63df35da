package dev.millrace.stream.entries;

import java.util.Map;

/**
 * Reads the entries of the submit stream by their {@code kind}. Whoever asks for jobs writes its own kind: of fires that is
 * {@link ScheduleCodec}.
 */
public final class SubmitCodec {

    private SubmitCodec() {}

    /** Never throws; an unknown kind is not understood. */
    public static Reading<SubmitRequest> read(Map<String, String> fields) {
        return EntryFields.understand(fields, SubmitCodec::request);
    }

    private static SubmitRequest request(EntryFields fields) {
        return switch (fields.text("kind")) {
            case "fire" -> new SubmitRequest.Fire(ScheduleCodec.report(fields));
            default -> throw new IllegalArgumentException("Unknown kind (known: fire).");
        };
    }
}
