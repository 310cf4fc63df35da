package dev.millrace.api.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A request, and how it may be answered.
 *
 * @param kind for the table of statuses
 * @param head from the request line to the empty line, a byte each character
 * @param body a byte each character too
 * @param statuses that the contract prescribes, one where it says which; {@link #CLOSED} if the connection may end instead
 * @param framed whether the server can tell where it ends; else it is the last one of its connection
 * @param bare whether the framework may answer it, which it does without a document
 */
record HostileRequest(String kind, String head, String body, Set<Integer> statuses, boolean framed, boolean bare) {

    static final int CLOSED = 0;

    static HostileRequest of(
            String kind, String method, String target, List<String> headers, byte[] body, Integer... statuses) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        String bytes = new String(body, StandardCharsets.ISO_8859_1);
        return new HostileRequest(kind, head.append("\r\n").toString(), bytes, Set.of(statuses), true, false);
    }

    /** What the decoder may refuse. */
    static HostileRequest bare(String head, Integer... statuses) {
        return new HostileRequest("protocol", head, "", Set.of(statuses), false, true);
    }

    /** An address that is no URI. */
    static HostileRequest noUri(String target) {
        String head = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return new HostileRequest("address", head, "", Set.of(400), true, true);
    }

    byte[] bytes() {
        return (head + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    String method() {
        return head.split(" ", 2)[0];
    }

    String path() {
        return framed ? head.split(" ", 3)[1].replaceAll("[?#].*", "") : "/";
    }

    @Override
    public String toString() {
        String text = head + body;
        return kind + ", expecting " + statuses + ":\n" + text.substring(0, Math.min(2_000, text.length()));
    }
}
