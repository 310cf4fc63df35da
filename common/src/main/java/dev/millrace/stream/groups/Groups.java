package dev.millrace.stream.groups;

import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;

/** Makes consumer groups. */
public final class Groups {

    private Groups() {}

    /** Makes the group, and the stream if need be, so that it sees all that is there; false if it exists. */
    public static boolean createAtStart(RedisLink link, String stream, String group) {
        try {
            link.call(Requests.of(Command.XGROUP, "CREATE", stream, group, "0", "MKSTREAM"));
            return true;
        } catch (StreamsUnavailable.Refused refused) {
            return switch (refused.code()) {
                case "BUSYGROUP" -> false;
                case "OOM" -> createInFullRedis(link, stream, group);
                default -> throw refused;
            };
        }
    }

    /** A reader must be able to begin, or nothing would ever make room. */
    private static boolean createInFullRedis(RedisLink link, String stream, String group) {
        return new FunctionCall("mr_group_1").key(stream).arg(group).on(link).toInteger() == 1;
    }
}
