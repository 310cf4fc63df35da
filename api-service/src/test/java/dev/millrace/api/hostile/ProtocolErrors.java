package dev.millrace.api.hostile;

import java.util.List;
import java.util.stream.Stream;

/** What is no HTTP, or hardly any. Its end is not always to be seen, so each is the last of its connection. */
final class ProtocolErrors {

    private static final String HOST = "Host: localhost\r\n";
    private static final String POST = "POST /api/v1/jobs HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    private ProtocolErrors() {}

    static List<HostileRequest> all() {
        return Stream.of(requestLines(), readable(), headers(), bodies())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileRequest> requestLines() {
        return Stream.of(
                        "\r\n\r\n\r\n",
                        "GET\r\n\r\n",
                        "GET /\r\n\r\n",
                        "GET / HTTP/1.1 x\r\n" + HOST + "\r\n",
                        "GET jobs HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET http:// HTTP/1.1\r\n" + HOST + "\r\n",
                        "G\u0000T / HTTP/1.1\r\n" + HOST + "\r\n",
                        "(){:;} / HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /\u0000 HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /\u00ff\u00fe HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /<script> HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
                        "EHLO mail.example.org\r\nMAIL FROM:<a@example.org>\r\n\r\n",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                        "\u0000".repeat(2_000))
                .map(head -> HostileRequest.bare(head, 400, 404, 414, HostileRequest.CLOSED))
                .toList();
    }

    /** What a lenient reader understands: it may be answered as what it seems to mean. */
    private static List<HostileRequest> readable() {
        return Stream.of("GET / HTTP/9.9\r\n" + HOST + "\r\n", "GET  /api/v1/jobs  HTTP/1.1\r\n" + HOST + "\r\n")
                .map(head -> HostileRequest.bare(head, 200, 400, 404, 501, HostileRequest.CLOSED))
                .toList();
    }

    private static List<HostileRequest> headers() {
        return Stream.of(
                        "",
                        "Host:\r\n",
                        "Host: a\"<script>\r\n",
                        "Host: a b\r\n",
                        "Host: a:99999999\r\n",
                        "Host: localhost\r\nHost: example.org\r\n",
                        HOST + "X\r\n",
                        HOST + ": x\r\n",
                        HOST + "a b: c\r\n",
                        HOST + "X: a\u0000b\r\n",
                        HOST + "X: a\rb\r\n",
                        HOST + "X\u00e9: a\r\n",
                        HOST + " folded: a\r\n",
                        HOST + "X: " + "x".repeat(70_000) + "\r\n",
                        HOST + "Content-Length: -1\r\n",
                        HOST + "Content-Length: five\r\n",
                        HOST + "Content-Length: 99999999999999999999\r\n",
                        HOST + "Content-Length: 1\r\nContent-Length: 2\r\n",
                        HOST + "Transfer-Encoding: chunked, nonsense\r\n",
                        HOST + "Transfer-Encoding: xchunked\r\n")
                .map(headers -> HostileRequest.bare(
                        "GET /api/v1/jobs/x HTTP/1.1\r\n" + headers + "\r\n", 400, 404, 431, HostileRequest.CLOSED))
                .toList();
    }

    private static List<HostileRequest> bodies() {
        return Stream.of(
                        POST + "Content-Length: 1000\r\n\r\n{\"task\":",
                        POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                        POST + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n",
                        POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                        POST + "Transfer-Encoding: chunked\r\n\r\n2;" + "x".repeat(70_000) + "\r\n{}\r\n0\r\n\r\n",
                        POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        POST + "Expect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}")
                .map(request -> HostileRequest.bare(request, 400, 417, 422, HostileRequest.CLOSED))
                .toList();
    }
}
