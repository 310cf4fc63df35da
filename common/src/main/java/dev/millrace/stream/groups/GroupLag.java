package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How far the readers of a stream are behind its writers. */
public final class GroupLag {

    private final RedisLink link;
    private final String stream;
    private final String group;

    public GroupLag(RedisLink link, String stream, String group) {
        this.link = link;
        this.stream = stream;
        this.group = group;
    }

    /**
     * For how long the first entry that no consumer was given yet has been lying there, by Redis's clock; nothing if there
     * is none. A group that does not exist was given none.
     */
    public Duration oldest() {
        Response next = link.call(Requests.of(Command.XRANGE, stream, "(" + delivered(), "+", List.of("COUNT", 1)));
        return Replies.entries(next).stream()
                .findFirst()
                .map(StreamEntry::id)
                .map(this::age)
                .orElse(Duration.ZERO);
    }

    private Duration age(EntryId entry) {
        return Duration.ofMillis(Math.max(0, new RedisTime(link).now().toEpochMilli() - entry.millis()));
    }

    private String delivered() {
        try {
            Response groups = link.call(Requests.of(Command.XINFO, "GROUPS", stream));
            return groups == null ? EntryId.ZERO.toString() : delivered(groups);
        } catch (StreamsUnavailable.Refused noStream) {
            return EntryId.ZERO.toString();
        }
    }

    private String delivered(Response groups) {
        for (Response one : groups) {
            Map<String, String> info = Replies.info(one);
            if (group.equals(info.get("name"))) {
                return info.getOrDefault("last-delivered-id", EntryId.ZERO.toString());
            }
        }
        return EntryId.ZERO.toString();
    }
}
