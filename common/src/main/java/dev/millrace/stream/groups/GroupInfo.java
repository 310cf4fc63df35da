package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What Redis says of one group of a stream.
 *
 * @param pending entries that its consumers were given and have not acknowledged
 * @param delivered the last entry that any of them was given
 */
public record GroupInfo(String name, long pending, EntryId delivered) {

    /** One consumer of a group, and since when it has not asked for entries. */
    public record ConsumerInfo(String name, Duration idle) {}

    /** All groups of a stream; none where there is no such stream. */
    public static List<GroupInfo> all(RedisLink link, String stream) {
        return infos(link, GroupInfo::group, "GROUPS", stream);
    }

    /** One group of a stream; empty where there is no such group, or no such stream. */
    public static Optional<GroupInfo> of(RedisLink link, String stream, String group) {
        return all(link, stream).stream()
                .filter(info -> info.name().equals(group))
                .findFirst();
    }

    /** One of the groups that Redis answered of a stream. */
    static Optional<GroupInfo> among(Response groups, String group) {
        return StreamSupport.stream(groups.spliterator(), false)
                .map(Replies::info)
                .map(GroupInfo::group)
                .filter(info -> info.name().equals(group))
                .findFirst();
    }

    /** The consumers of a group; none where there is no such group, or no such stream. */
    public static List<ConsumerInfo> consumers(RedisLink link, String stream, String group) {
        return infos(link, GroupInfo::consumer, "CONSUMERS", stream, group);
    }

    /** Up to here everything is acknowledged, as of now or later; what is delivered from now on lies behind it. */
    EntryId settled(RedisLink link, String stream) {
        Response summary = link.call(Requests.of(Command.XPENDING, stream, name));
        if (summary == null || summary.get(0).toLong() == 0) {
            return delivered;
        }
        EntryId beforePending = EntryId.parse(summary.get(1).toString()).previous();
        return beforePending.compareTo(delivered) < 0 ? beforePending : delivered;
    }

    private static <T> List<T> infos(RedisLink link, Function<Map<String, String>, T> reader, Object... asked) {
        try {
            Response infos = Replies.present(link.call(Requests.of(Command.XINFO, asked)));
            return StreamSupport.stream(infos.spliterator(), false)
                    .map(Replies::info)
                    .map(reader)
                    .toList();
        } catch (StreamsUnavailable.Refused noSuchThing) {
            return List.of();
        }
    }

    private static GroupInfo group(Map<String, String> info) {
        return new GroupInfo(
                field(info, "name"),
                Long.parseLong(field(info, "pending")),
                EntryId.parse(field(info, "last-delivered-id")));
    }

    private static ConsumerInfo consumer(Map<String, String> info) {
        return new ConsumerInfo(field(info, "name"), Duration.ofMillis(Long.parseLong(field(info, "idle"))));
    }

    private static String field(Map<String, String> info, String name) {
        return String.valueOf(info.get(name));
    }
}
