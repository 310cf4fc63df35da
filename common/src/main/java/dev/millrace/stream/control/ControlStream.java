package dev.millrace.stream.control;

import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.ControlCodec;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks processes, and hears their replies. For one question and one thread; needs a link of its own, since it blocks. The
 * streams are kept at about 1,000 commands and 10,000 replies.
 */
public final class ControlStream implements AutoCloseable {

    private static final int MOST_COMMANDS = 1_000;
    private static final int MOST_REPLIES = 10_000;
    private static final int BATCH = 500;

    private final RedisLink link;
    private EntryId behind = EntryId.ZERO;

    /** A reply, and its place among all replies, which is by Redis's clock. */
    public record Replied(EntryId at, ControlReply reply) {}

    public ControlStream(RedisLink link) {
        this.link = link;
    }

    /**
     * Writes a command; returns its place, which its replies name. Whoever asks twice may be obeyed twice.
     *
     * @throws dev.millrace.stream.redis.StreamsUnavailable if Redis is away; the command may have been written even so
     */
    public EntryId ask(ControlCommand command) {
        Response written =
                Replies.present(link.call(add(StreamNames.control(), MOST_COMMANDS, ControlCodec.encode(command))));
        EntryId at = EntryId.parse(written.toString());
        // Both streams are numbered by one clock: no reply to it is older than the millisecond before.
        behind = new EntryId(at.millis() - 1, 0);
        return at;
    }

    /** The next replies to whatever commands, once there are some; none if none came in this time. What is no reply is passed over. */
    public List<Replied> hear(Duration atMost) {
        Request request = Requests.of(
                Command.XREAD,
                List.of("COUNT", BATCH, "BLOCK", Math.max(1, atMost.toMillis())),
                "STREAMS",
                StreamNames.controlReplies(),
                behind);
        List<Replied> heard = new ArrayList<>();
        for (StreamEntry entry : Replies.ofOneStream(link.call(request, atMost))) {
            behind = entry.id();
            if (ControlCodec.reply(entry.fields()) instanceof Reading.Understood<ControlReply>(ControlReply reply)) {
                heard.add(new Replied(entry.id(), reply));
            }
        }
        return heard;
    }

    @Override
    public void close() {
        link.close();
    }

    /** Of a process, to a command. */
    static Request reply(ControlReply reply) {
        return add(StreamNames.controlReplies(), MOST_REPLIES, ControlCodec.encode(reply));
    }

    private static Request add(String stream, int most, Map<String, String> fields) {
        List<String> flat = fields.entrySet().stream()
                .flatMap(field -> List.of(field.getKey(), field.getValue()).stream())
                .toList();
        return Requests.of(Command.XADD, stream, "MAXLEN", "~", most, "*", flat);
    }
}
