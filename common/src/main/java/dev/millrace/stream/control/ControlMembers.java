package dev.millrace.stream.control;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupInfo;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The processes that read commands, as Redis knows them by their groups; and the upkeep of what they read. */
public final class ControlMembers {

    /** Who gave no sign of life for so long has ended: a living one gives one about every ten seconds. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    /** Much longer than any command is worth obeying; people who look have that long. */
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final RedisLink link;
    private final RedisTime clock;

    /** A process, and when it gave its latest sign of life, by Redis's clock. */
    public record Member(String id, Instant lastSeenAt) {}

    public ControlMembers(RedisLink link) {
        this.link = link;
        this.clock = new RedisTime(link);
    }

    /** Those of a kind that gave a sign of life within a minute, in the order of their ids. */
    public List<Member> living(MemberKind kind) {
        Instant now = clock.now();
        return groups().stream()
                .filter(group -> group.startsWith(kind.groupPrefix()))
                .flatMap(group -> silence(group)
                        .map(silent -> new Member(
                                group.substring(kind.groupPrefix().length()), now.minus(silent)))
                        .stream())
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    /**
     * Removes what is older than ten minutes, and the groups of processes that have ended. One that was only cut off makes its
     * group anew.
     */
    public void keepUpOnce() {
        String oldest = Long.toString(clock.now().minus(KEEP).toEpochMilli());
        for (String stream : List.of(StreamNames.control(), StreamNames.controlReplies())) {
            link.call(Requests.of(Command.XTRIM, stream, "MINID", "~", oldest));
        }
        groups().stream().filter(this::isOver).forEach(this::destroy);
    }

    private List<String> groups() {
        return GroupInfo.all(link, StreamNames.control()).stream()
                .map(GroupInfo::name)
                .filter(name ->
                        Arrays.stream(MemberKind.values()).anyMatch(kind -> name.startsWith(kind.groupPrefix())))
                .toList();
    }

    /** Since its process gave its latest sign of life; empty where there is none. */
    private Optional<Duration> silence(String group) {
        Response left = Replies.present(link.call(Requests.of(Command.PTTL, StreamNames.controlSign(group))));
        return Optional.of(left.toLong()).filter(millis -> millis > 0).map(SILENCE::minusMillis);
    }

    private boolean isOver(String group) {
        return silence(group).isEmpty();
    }

    private void destroy(String group) {
        link.call(Requests.of(Command.XGROUP, "DESTROY", StreamNames.control(), group));
    }
}
