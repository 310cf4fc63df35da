package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * Shortens a stream behind a group. An entry that the group was not given yet, or has not acknowledged, is never
 * removed, however old it is and however long the stream.
 */
public final class StreamTrim {

    private final RedisLink link;
    private final String stream;
    private final String group;

    public StreamTrim(RedisLink link, String stream, String group) {
        this.link = link;
        this.stream = stream;
        this.group = group;
    }

    /**
     * Removes what is acknowledged and older than {@code keep}, or exceeds {@code keepBytes} of Redis's memory. Redis
     * removes whole nodes of about a hundred entries, so a little more stays. Returns how many entries were removed.
     */
    public long trim(Duration keep, long keepBytes) {
        return GroupInfo.of(link, stream, group)
                .map(info -> trim(info.settled(link, stream), keep, keepBytes))
                .orElse(0L);
    }

    private long trim(EntryId settled, Duration keep, long keepBytes) {
        EntryId wanted = later(tooOld(keep), tooMuch(keepBytes));
        EntryId bound = wanted.compareTo(settled) < 0 ? wanted : settled;
        Response removed = link.call(Requests.of(Command.XTRIM, stream, "MINID", "~", bound, "LIMIT", 0));
        return removed == null ? 0 : removed.toLong();
    }

    private EntryId tooOld(Duration keep) {
        long now = new RedisTime(link).now().toEpochMilli();
        return new EntryId(Math.max(0, now - keep.toMillis()), 0);
    }

    /** Redis tells only how much there is in all, so where to cut is estimated from the times of both ends. */
    private EntryId tooMuch(long keepBytes) {
        Response usage = link.call(Requests.of(Command.MEMORY, "USAGE", stream));
        long bytes = usage == null ? 0 : usage.toLong();
        if (bytes <= keepBytes) {
            return EntryId.ZERO;
        }
        long first = millisOfFirst(Requests.of(Command.XRANGE, stream, "-", "+", "COUNT", 1));
        long last = millisOfFirst(Requests.of(Command.XREVRANGE, stream, "+", "-", "COUNT", 1));
        double excess = 1 - (double) keepBytes / bytes;
        return new EntryId(first + (long) ((last - first) * excess), 0);
    }

    private long millisOfFirst(Request asked) {
        List<StreamEntry> entries = Replies.entries(link.call(asked));
        return entries.isEmpty() ? 0 : entries.getFirst().id().millis();
    }

    private static EntryId later(EntryId one, EntryId other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
