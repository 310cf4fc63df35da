package dev.millrace.proving.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;

/** What an api said; the body is missing where there was none, or it was no JSON. */
public record Answer(int status, JsonNode body) {

    /** Whether a client cannot know what became of its call. */
    boolean leavesItOpen() {
        return status >= 500;
    }
}
