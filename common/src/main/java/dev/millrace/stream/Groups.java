package dev.millrace.stream;

import io.vertx.redis.client.Command;

/** Makes consumer groups. */
final class Groups {

    private Groups() {}

    /** Makes the group, and the stream if need be, so that it sees all that is there; false if it exists. */
    static boolean createAtStart(RedisLink link, String stream, String group) {
        try {
            link.call(Requests.of(Command.XGROUP, "CREATE", stream, group, "0", "MKSTREAM"));
            return true;
        } catch (StreamsUnavailable.Refused refused) {
            if (!refused.code().equals("BUSYGROUP")) {
                throw refused;
            }
            return false;
        }
    }
}
