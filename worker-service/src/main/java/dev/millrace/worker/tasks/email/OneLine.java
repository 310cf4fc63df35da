package dev.millrace.worker.tasks.email;

/** Keeps header fields from becoming two: whatever any mail program may take for a line's end is refused. */
final class OneLine {

    private OneLine() {}

    /** @throws IllegalArgumentException naming the field, not its value */
    static void require(String field, String value) {
        if (value.codePoints().anyMatch(OneLine::breaks)) {
            throw new IllegalArgumentException(
                    "%s has a line break or another control character, which would forge headers: leave it out."
                            .formatted(field));
        }
    }

    private static boolean breaks(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(character) == Character.SURROGATE;
    }
}
