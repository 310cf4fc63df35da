package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

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

    private EntryId delivered() {
        return GroupInfo.of(link, stream, group).map(GroupInfo::delivered).orElse(EntryId.ZERO);
    }
}
