package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Connections;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** {@link Connections} by functions, and by the list of clients that Redis keeps. */
final class RedisConnections implements Connections {

    private static final long NONE = -1;
    private static final Look NOBODY = new Look(new Connection(0, NONE), List.of());
    private static final Pattern NUMBER = Pattern.compile("(?m)^id=(\\d+) ");

    /** The codes with which a Redis, or what stands before it, refuses to tell of its clients. */
    private static final Set<String> HIDING = Set.of("NOPERM", "ERR");

    private static final Logger LOG = Logger.getLogger(RedisConnections.class);

    private final Caller caller;
    private final AtomicLong registered = new AtomicLong(NONE);
    private volatile boolean hidden;

    RedisConnections(Caller caller) {
        this.caller = caller;
    }

    @Override
    public boolean register(List<QueueName> queues) {
        try {
            return hidden || registers(queues);
        } catch (StreamsUnavailable.Refused refused) {
            hide(refused);
            return true;
        }
    }

    private boolean registers(List<QueueName> queues) {
        RedisLink.Answer answer = caller.link().callKnowing(number -> connect(number, queues));
        boolean known = Replies.present(answer.reply()).toInteger() == 1;
        registered.set(known ? answer.connection() : NONE);
        return known;
    }

    private Request connect(long number, List<QueueName> queues) {
        FunctionCall call = caller.function("mr_connect_1")
                .key(caller.names().workerPrefix() + caller.consumer())
                .key(caller.names().workers())
                .arg(caller.consumer())
                .arg(number);
        queues.forEach(queue -> call.arg(queue.value()));
        return call.request();
    }

    @Override
    public boolean lostConnection() {
        long number = registered.get();
        return number != NONE && !caller.link().isOpen(number) && registered.compareAndSet(number, NONE);
    }

    @Override
    public Look look() {
        try {
            return hidden ? NOBODY : seen();
        } catch (StreamsUnavailable.Refused refused) {
            hide(refused);
            return NOBODY;
        }
    }

    private Look seen() {
        Response told = caller.function("mr_connections_1")
                .key(caller.names().workers())
                .arg(caller.names().workerPrefix())
                .on(caller.link());
        RedisLink.Answer answer = caller.link().callKnowing(own -> list(own, told));
        Set<Long> open = numbers(Replies.present(answer.reply()).toString());
        Connection own = new Connection(told.get(0).toInteger(), answer.connection());
        return open.contains(own.number()) ? new Look(own, others(told, open)) : NOBODY;
    }

    private static Request list(long own, Response told) {
        List<String> numbers = new ArrayList<>(List.of(Long.toString(own)));
        for (int i = 2; i < told.size(); i += 2) {
            numbers.add(told.get(i).toString());
        }
        return Requests.of(Command.CLIENT, "LIST", "ID", numbers);
    }

    private static Set<Long> numbers(String clients) {
        return NUMBER.matcher(clients)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .collect(Collectors.toSet());
    }

    private List<Registered> others(Response told, Set<Long> open) {
        int epoch = told.get(0).toInteger();
        List<Registered> others = new ArrayList<>();
        for (int i = 1; i + 1 < told.size(); i += 2) {
            String worker = told.get(i).toString();
            Connection connection = new Connection(epoch, told.get(i + 1).toLong());
            if (!worker.equals(caller.consumer())) {
                others.add(new Registered(worker, connection, open.contains(connection.number())));
            }
        }
        return others;
    }

    @Override
    public boolean lapse(Registered gone, Duration moment, Duration lease) {
        return caller.function("mr_lapse_1")
                        .key(caller.names().workerPrefix() + gone.worker())
                        .arg(StreamNames.WORKERS)
                        .arg(gone.worker())
                        .arg(gone.connection().epoch())
                        .arg(gone.connection().number())
                        .arg(moment.toMillis())
                        .arg(lease.toMillis())
                        .arg(caller.names().queuePrefix())
                        .on(caller.link())
                        .toInteger()
                == 1;
    }

    private void hide(StreamsUnavailable.Refused refused) {
        if (!HIDING.contains(refused.code())) {
            throw refused;
        }
        hidden = true;
        LOG.warnf(
                "Redis does not tell of its clients, so dead workers are found by their leases alone: %s",
                refused.getMessage());
    }
}
