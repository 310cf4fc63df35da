package dev.millrace.stream.redis;

import io.vertx.redis.client.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Redis says of itself. */
public final class ServerInfo {

    private ServerInfo() {}

    /** The fields of one section of INFO, by name. Works also while Redis is cold. */
    public static Map<String, String> of(RedisLink link, String section) {
        return fields(Replies.text(Replies.present(link.call(Requests.of(Command.INFO, section)))));
    }

    static Map<String, String> fields(String info) {
        return info.lines()
                .map(line -> Arrays.asList(line.split(":", 2)))
                .filter(parts -> parts.size() == 2)
                .collect(Collectors.toMap(List::getFirst, List::getLast, (first, second) -> second));
    }
}
