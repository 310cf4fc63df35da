package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * An event of a stream.
 *
 * @param id what a reader that comes back sends; the last one told, if this event has none
 * @param data a CloudEvent, or an empty object
 */
public record ServerEvent(String id, String name, String data) {

    /** What the CloudEvent tells: a job, or its progress. */
    public JsonNode told() {
        return Json.read(data).map(event -> event.path("data")).orElseGet(MissingNode::getInstance);
    }

    /** Whether events were missed. */
    public boolean isReset() {
        return name.equals("reset");
    }
}
