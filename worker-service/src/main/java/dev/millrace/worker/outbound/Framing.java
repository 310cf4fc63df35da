package dev.millrace.worker.outbound;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;

/** Where an answer's body ends. A length that is said twice is taken if it is the same, as RFC 9110 allows. */
final class Framing implements ContentLengthStrategy {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public long determineLength(HttpMessage message) throws HttpException {
        if (message.containsHeader("Transfer-Encoding")) {
            return DefaultContentLengthStrategy.INSTANCE.determineLength(message);
        }
        List<String> lengths = Stream.of(message.getHeaders("Content-Length"))
                .map(Header::getValue)
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .distinct()
                .toList();
        return lengths.isEmpty() ? UNDEFINED : only(lengths);
    }

    private static long only(List<String> lengths) throws ProtocolException {
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
            throw new ProtocolException("No length, or several");
        }
        return Long.parseLong(lengths.getFirst());
    }
}
