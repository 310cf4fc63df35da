package dev.millrace.stream.jobs.calls;

import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Knows which keys should be streams and hold something else, and tells of each once until it is mended. */
final class MistypedKeys {

    private static final Logger LOG = Logger.getLogger(MistypedKeys.class);

    private final RedisLink link;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    MistypedKeys(RedisLink link) {
        this.link = link;
    }

    /** Those that are streams, or are not there, and so may become one. */
    List<String> without(List<String> keys) {
        return keys.stream().filter(this::mayBeStream).toList();
    }

    private boolean mayBeStream(String key) {
        Response type = link.call(Requests.of(Command.TYPE, key));
        String found = type == null ? "none" : type.toString();
        boolean stream = found.equals("stream") || found.equals("none");
        if (stream) {
            logged.remove(key);
        } else if (logged.add(key)) {
            LOG.errorf(
                    "Redis key %s should be a stream and is a %s that Millrace did not write: nothing can lie there, the"
                            + " other streams go on. Look at it, then delete it.",
                    key, found);
        }
        return stream;
    }
}
