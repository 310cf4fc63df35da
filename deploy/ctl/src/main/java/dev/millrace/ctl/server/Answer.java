package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the api answered.
 *
 * @param body as it came; empty if there was none
 */
public record Answer(int status, HttpHeaders headers, String body) {

    /** Its tree; missing if the body is not JSON. */
    public JsonNode json() {
        return Json.read(body).orElseGet(MissingNode::getInstance);
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
