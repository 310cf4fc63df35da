package dev.millrace.api.catalog.control;

import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.job.EntryId;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.stream.control.ControlStream;
import dev.millrace.stream.control.ControlStream.Replied;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Asks processes to do something, and waits for their replies, 5 s at most. Blocks. May be used by many threads. */
public class Control {

    /** Less than is waited for replies, so that what was obeyed in its last moment is heard of. */
    private static final Duration OBEYED_WITHIN = Duration.ofSeconds(4);

    private static final Duration REPLIES_WITHIN = Duration.ofSeconds(5);

    /** Each has a connection to Redis while it waits. */
    private static final int MOST_AT_ONCE = 8;

    private static final Logger LOG = Logger.getLogger(Control.class);

    private final Supplier<RedisLink> links;
    private final Workers workers;
    private final LongSupplier nanos;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /**
     * Asks nobody yet.
     *
     * @param links makes a connection for each command
     * @param nanos a monotonic reading
     */
    Control(Supplier<RedisLink> links, Workers workers, LongSupplier nanos) {
        this.links = links;
        this.workers = workers;
        this.nanos = nanos;
    }

    /** A reply, and how long the command and it were under way, by Redis's clock. */
    record Answer(ControlReply reply, Duration after) {}

    /**
     * What those said who replied in time, by their ids. Who is missing has not obeyed, and will not any more; or it has, and its
     * reply was lost.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 503 while Redis is away, or eight others wait for replies here
     */
    Map<String, Answer> ask(Set<String> ids, ControlAction action) {
        if (!room.tryAcquire()) {
            throw Problem.of(ProblemType.UNAVAILABLE, "Too many commands wait for replies here; this one was not sent.")
                    .exception();
        }
        try (ControlStream stream = new ControlStream(links.get())) {
            return ask(stream, ids, action);
        } catch (StreamsUnavailable away) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "Redis, by which processes are told, cannot be asked now. It is not known whether they were told.")
                    .exception();
        } finally {
            room.release();
        }
    }

    private Map<String, Answer> ask(ControlStream stream, Set<String> ids, ControlAction action) {
        long began = nanos.getAsLong();
        EntryId command = stream.ask(new ControlCommand(ids, action, OBEYED_WITHIN));
        Map<String, Answer> answers = new TreeMap<>();
        Duration left = REPLIES_WITHIN;
        while (answers.size() < ids.size() && left.isPositive()) {
            List<Replied> heard = stream.hear(left).stream()
                    .filter(one -> one.reply().command().equals(command))
                    .toList();
            record(heard);
            heard.forEach(one -> answers.put(one.reply().from(), answer(command, one)));
            left = REPLIES_WITHIN.minusNanos(nanos.getAsLong() - began);
        }
        return answers;
    }

    private static Answer answer(EntryId command, Replied one) {
        return new Answer(one.reply(), Duration.ofMillis(one.at().millis() - command.millis()));
    }

    /** Before anybody is answered. While PostgreSQL is away the next beat tells the same. */
    private void record(Collection<Replied> heard) {
        try {
            workers.apply(heard.stream()
                    .flatMap(one -> one.reply().state().map(state -> new FleetEntry(one.at(), state)).stream())
                    .toList());
        } catch (DatabaseUnavailable away) {
            LOG.debugf(away, "What workers replied is not recorded; their next beats tell the same.");
        }
    }
}
