package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream through a group of this instance's own, so that every instance sees every entry and an operator sees
 * every reader. Starts behind what another group has acknowledged. After a lost connection it goes on behind the last entry
 * it returned; when its group is gone, with or without the data, or the stream was trimmed past that entry meanwhile, it says
 * so with {@link Batch#reset}.
 *
 * <p>The group is destroyed by {@link #close}; that of an instance which died is reaped by any other, 10 minutes after
 * its last sign of life. Not for use by several threads at once; needs a link of its own.
 */
public final class Tail implements AutoCloseable {

    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(10);

    private final RedisLink link;
    private final String stream;
    private final String prefix;
    private final String group;
    private final String leader;
    private boolean inPlace;
    private boolean owesReset;
    private @Nullable EntryId last;

    /**
     * What one read returned.
     *
     * @param reset entries before these may have been missed
     */
    public record Batch(List<StreamEntry> entries, boolean reset) {}

    /**
     * Joins at the first read.
     *
     * @param prefix of the names of the groups of all such tails, and of no other group
     * @param instance unique among all instances that read the stream
     * @param leader the group behind which it joins, or at the end of the stream where there is no such group
     */
    public Tail(RedisLink link, String stream, String prefix, String instance, String leader) {
        this.link = link;
        this.stream = stream;
        this.prefix = prefix;
        this.group = prefix + instance;
        this.leader = leader;
    }

    /** The last entry that was returned, or where the tail joined; {@code 0-0} before that. */
    public EntryId position() {
        return last == null ? EntryId.ZERO : last;
    }

    /** Waits up to {@code block} for entries behind {@link #position}. */
    public Batch read(int max, Duration block) {
        try {
            if (!inPlace) {
                takePlace();
            }
            List<StreamEntry> entries = Replies.ofOneStream(link.call(readRequest(max, block), block));
            entries.forEach(entry -> last = entry.id());
            return batch(entries);
        } catch (StreamsUnavailable lost) {
            inPlace = false;
            if (!isNoGroup(lost)) {
                throw lost;
            }
            takePlace();
            return batch(List.of());
        }
    }

    /** Forgets its place: the next read joins anew, and passes over what lies between, which is no reset. */
    public void rejoin() {
        last = null;
        inPlace = false;
        owesReset = false;
    }

    private static boolean isNoGroup(StreamsUnavailable lost) {
        return lost instanceof StreamsUnavailable.Refused refused
                && refused.code().equals(StreamsUnavailable.NO_GROUP);
    }

    /** What is owed stays owed until a read returns: a reset that nobody heard of would be a gap. */
    private Batch batch(List<StreamEntry> entries) {
        boolean reset = owesReset;
        owesReset = false;
        return new Batch(entries, reset);
    }

    /** Entries with {@code after < id <= upTo} that are still on the stream, oldest first. */
    public static List<StreamEntry> range(RedisLink link, String stream, EntryId after, EntryId upTo, int max) {
        return Replies.entries(link.call(Requests.of(Command.XRANGE, stream, "(" + after, upTo, "COUNT", max)));
    }

    /** Destroys groups of such tails that gave no sign of life for 10 minutes, over any link; returns how many. */
    public int reap(RedisLink over) {
        int reaped = 0;
        for (String name : groups(over)) {
            Response alive = over.call(Requests.of(Command.EXISTS, signOfLifeKey(stream, name)));
            if (alive != null && alive.toInteger() == 0) {
                over.call(Requests.of(Command.XGROUP, "DESTROY", stream, name));
                reaped++;
            }
        }
        return reaped;
    }

    @Override
    public void close() {
        link.call(Requests.of(Command.XGROUP, "DESTROY", stream, group));
        link.call(Requests.of(Command.DEL, signOfLifeKey(stream, group)));
        inPlace = false;
    }

    /** Tells the others that this instance lives; to be called at least once a minute, over any link. */
    public void signOfLife(RedisLink over) {
        over.call(Requests.of(Command.SET, signOfLifeKey(stream, group), "1", "PX", SIGN_OF_LIFE.toMillis()));
    }

    private Request readRequest(int max, Duration block) {
        List<?> how = List.of("GROUP", group, group, "COUNT", max, "BLOCK", block.toMillis(), "NOACK");
        return Requests.of(Command.XREADGROUP, how, "STREAMS", stream, ">");
    }

    /** Makes sure that the group stands behind what was returned last, and notes whether entries may be missed. */
    private void takePlace() {
        signOfLife(link);
        boolean gone = !hasGroup();
        EntryId known = last;
        owesReset |= known != null && (gone || trimmedPast(known));
        Groups.createAtStart(link, stream, group);
        EntryId place = gone || known == null ? behindLeader() : known;
        link.call(Requests.of(Command.XGROUP, "SETID", stream, group, place));
        last = place;
        inPlace = true;
    }

    /** Asked before the group is made: the answer to that may be lost, and it would then seem to have been there. */
    private boolean hasGroup() {
        return groups(link).contains(group);
    }

    private boolean trimmedPast(EntryId known) {
        List<StreamEntry> first = Replies.entries(link.call(Requests.of(Command.XRANGE, stream, "-", "+", "COUNT", 1)));
        return !known.equals(EntryId.ZERO)
                && !first.isEmpty()
                && first.getFirst().id().compareTo(known) > 0;
    }

    private EntryId behindLeader() {
        return GroupInfo.of(link, stream, leader)
                .map(info -> info.settled(link, stream))
                .orElseGet(this::end);
    }

    private EntryId end() {
        Response info = link.call(Requests.of(Command.XINFO, "STREAM", stream));
        return EntryId.parse(String.valueOf(Replies.info(info).get("last-generated-id")));
    }

    private List<String> groups(RedisLink over) {
        return GroupInfo.all(over, stream).stream()
                .map(GroupInfo::name)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private static String signOfLifeKey(String stream, String group) {
        return stream + ":" + group;
    }
}
