package dev.millrace.ctl.server;

import java.time.Duration;
import java.util.Optional;

/** Makes events of the lines of a stream, by the rules of the HTML standard. */
final class EventReader {

    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final int MOST_DIGITS = 6;

    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private String lastId = "";
    private Duration retry = USUAL;

    /** The event that a line ends. */
    Optional<ServerEvent> take(String line) {
        if (line.isEmpty()) {
            return dispatched();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        set(field, value.startsWith(" ") ? value.substring(1) : value);
        return Optional.empty();
    }

    /** How long to wait before coming back, as the stream said last. */
    Duration retry() {
        return retry;
    }

    /** What has come of an event that is not ended is void when the stream breaks off. */
    void brokenOff() {
        name = "";
        data.setLength(0);
    }

    private void set(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastId = value.indexOf('\0') < 0 ? value : lastId;
            case "retry" ->
                retry = value.matches("\\d{1," + MOST_DIGITS + "}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
            default -> {
                // A comment, or what a later release says.
            }
        }
    }

    private Optional<ServerEvent> dispatched() {
        if (data.isEmpty()) {
            brokenOff();
            return Optional.empty();
        }
        ServerEvent event =
                new ServerEvent(lastId, name.isEmpty() ? "message" : name, data.substring(0, data.length() - 1));
        brokenOff();
        return Optional.of(event);
    }
}
