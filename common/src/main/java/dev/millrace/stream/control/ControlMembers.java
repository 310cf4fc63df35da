package dev.millrace.stream.control;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupInfo;
import dev.millrace.stream.groups.GroupInfo.ConsumerInfo;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The processes that read commands, as Redis knows them by their groups; and the upkeep of what they read. */
public final class ControlMembers {

    /** Who has not been seen for so long has ended: a living one is every 20 seconds. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** Much longer than any command is worth obeying; people who look have that long. */
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final RedisLink link;
    private final RedisTime clock;

    /** A process, and when it asked for commands last, by Redis's clock. */
    public record Member(String id, Instant lastSeenAt) {}

    public ControlMembers(RedisLink link) {
        this.link = link;
        this.clock = new RedisTime(link);
    }

    /** Those of a kind that asked for commands within a minute, in the order of their ids. */
    public List<Member> living(MemberKind kind) {
        Instant now = clock.now();
        return groups().stream()
                .filter(group -> group.startsWith(kind.groupPrefix()))
                .flatMap(group -> silence(group)
                        .filter(silent -> silent.compareTo(SILENCE) <= 0)
                        .map(silent ->
                                new Member(group.substring(kind.groupPrefix().length()), now.minus(silent)))
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

    /** Since when its process has not asked; empty where it never did. */
    private Optional<Duration> silence(String group) {
        return GroupInfo.consumers(link, StreamNames.control(), group).stream()
                .map(ConsumerInfo::idle)
                .min(Duration::compareTo);
    }

    private boolean isOver(String group) {
        return silence(group).map(silent -> silent.compareTo(SILENCE) > 0).orElse(true);
    }

    private void destroy(String group) {
        link.call(Requests.of(Command.XGROUP, "DESTROY", StreamNames.control(), group));
    }
}
