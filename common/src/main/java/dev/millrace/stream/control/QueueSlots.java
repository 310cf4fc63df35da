package dev.millrace.stream.control;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.QueueCounts;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How many jobs of a queue a worker runs at once, where operators have set it. It is one key, which apis write as PostgreSQL has it and
 * workers read; a Redis that has lost it knows nothing, which is another thing than that nothing is set.
 */
public final class QueueSlots {

    private static final Logger LOG = Logger.getLogger(QueueSlots.class);

    private final RedisLink link;

    public QueueSlots(RedisLink link) {
        this.link = link;
    }

    /** What is set, by queue; empty if Redis does not know, or what it has cannot be read. */
    public Optional<Map<QueueName, Integer>> read() {
        Response text = link.call(Requests.of(Command.GET, StreamNames.queueSlots()));
        return text == null ? Optional.empty() : understood(text.toString());
    }

    private static Optional<Map<QueueName, Integer>> understood(String text) {
        try {
            return Optional.of(QueueCounts.read(text));
        } catch (IllegalArgumentException wrong) {
            LOG.warnf("What is set of the slots of queues cannot be read, and is passed over: %s", wrong.getMessage());
            return Optional.empty();
        }
    }

    /** Sets all of it. */
    public void write(Map<QueueName, Integer> slots) {
        link.call(Requests.of(Command.SET, StreamNames.queueSlots(), QueueCounts.text(slots)));
    }
}
