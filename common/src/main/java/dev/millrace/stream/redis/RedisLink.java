package dev.millrace.stream.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that callers block on, opened when it is needed. Many threads may call at once; their calls
 * are pipelined in order, so a blocking read wants a link of its own. A call that gets no answer in time drops the
 * connection, and the next call opens another: a half-open socket delays one call only.
 */
public final class RedisLink implements AutoCloseable {

    private static final String COLD = "COLD";
    private static final String NO_SUCH_KEY = "no such key";

    // What Vert.x says, not Redis: a connection that ended under its calls, and one with no room for another call.
    private static final String CLOSED = "CONNECTION_CLOSED";
    private static final String TOO_MANY = "Redis waiting queue is full";

    // Vert.x does not close a connection that goes back to its pool, unless it was tainted; a SELECT taints it, also
    // one
    // that Redis refuses. Without this a half-open socket would be handed out again and again.
    private static final Request TAINT = Request.cmd(Command.SELECT).arg("none");

    private static final long UNKNOWN = -1;

    private final Redis redis;
    private final Duration timeout;
    private final Consumer<Failure> failures;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicReference<@Nullable Open> current = new AtomicReference<>();

    /** What Redis answered, and the number of the connection on which it did. */
    public record Answer(long connection, @Nullable Response reply) {}

    /** A connection, and the number by which Redis knows it, once somebody has asked. */
    private static final class Open {
        private final RedisConnection connection;
        private volatile long number = UNKNOWN;

        Open(RedisConnection connection) {
            this.connection = connection;
        }
    }

    /** Why a call failed. */
    public enum Failure {
        /** There was no connection, or it was lost, or too many calls waited for it. */
        UNREACHABLE,
        /** No answer came in time. */
        SILENT,
        /** Redis was restarted or emptied and is not open yet. */
        COLD,
        /** Redis answered with another error than that a stream or a group is not there. */
        REFUSED
    }

    /** A link whose failures nobody counts. */
    public RedisLink(Redis redis, Duration timeout) {
        this(redis, timeout, failure -> {});
    }

    /**
     * Opens nothing yet.
     *
     * @param timeout how long a call may take on top of the time that it asks Redis to block
     * @param failures receives each call that failed, on the caller's thread, before the caller is
     */
    public RedisLink(Redis redis, Duration timeout, Consumer<Failure> failures) {
        this.redis = redis;
        this.timeout = timeout;
        this.failures = failures;
    }

    /** One command; null where Redis answers nil. */
    public @Nullable Response call(Request request) {
        return call(request, Duration.ZERO);
    }

    /** A call that Redis may hold back for up to {@code block}. */
    public @Nullable Response call(Request request, Duration block) {
        Open open = open();
        return answer(open, open.connection.send(request), timeout.plus(block));
    }

    /**
     * One command that is told by which number Redis knows the connection that it travels on. No other has that number
     * until Redis is restarted; from then on it counts anew.
     *
     * @throws StreamsUnavailable.Refused also where Redis does not tell numbers
     */
    public Answer callKnowing(LongFunction<Request> request) {
        Open open = open();
        long number = numberOf(open);
        return new Answer(number, answer(open, open.connection.send(request.apply(number)), timeout));
    }

    private long numberOf(Open open) {
        if (open.number == UNKNOWN) {
            Response number = answer(open, open.connection.send(Requests.of(Command.CLIENT, "ID")), timeout);
            open.number = Replies.present(number).toLong();
        }
        return open.number;
    }

    /** Whether calls still travel on the connection of which {@link #callKnowing} told this number. */
    public boolean isOpen(long number) {
        Open open = current.get();
        return open != null && open.number == number;
    }

    /** Calls that travel together; the answers come in their order. One that is refused fails all. */
    public List<Response> batch(List<Request> requests) {
        Open open = open();
        return answer(open, open.connection.batch(requests), timeout);
    }

    @Override
    public void close() {
        drop(current.get());
    }

    private Open open() {
        Open open = current.get();
        if (open != null) {
            return open;
        }
        opening.lock();
        try {
            open = current.get();
            return open != null ? open : connect();
        } finally {
            opening.unlock();
        }
    }

    private Open connect() {
        Open fresh = new Open(connected());
        fresh.connection.send(TAINT).onComplete(refused -> {});
        fresh.connection.exceptionHandler(lost -> drop(fresh));
        fresh.connection.endHandler(ended -> drop(fresh));
        current.set(fresh);
        return fresh;
    }

    private RedisConnection connected() {
        Future<RedisConnection> coming = redis.connect();
        try {
            return answer(null, coming, timeout);
        } catch (StreamsUnavailable late) {
            coming.onSuccess(RedisConnection::close);
            throw late;
        }
    }

    private <T> T answer(@Nullable Open asked, Future<T> reply, Duration atMost) {
        try {
            return reply.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failure(asked, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            drop(asked);
            failures.accept(Failure.SILENT);
            throw new StreamsUnavailable(
                    "Redis gave no answer within " + atMost + "; the connection is dropped.", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            dropIfBlocking(asked, atMost);
            throw new StreamsUnavailable("Interrupted while waiting for Redis.", interrupted);
        }
    }

    /** Else Redis would go on to deliver entries to a read that nobody listens to any more. */
    private void dropIfBlocking(@Nullable Open asked, Duration atMost) {
        if (atMost.compareTo(timeout) > 0) {
            drop(asked);
        }
    }

    private StreamsUnavailable failure(@Nullable Open asked, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.equals(TOO_MANY)) {
            failures.accept(Failure.UNREACHABLE);
            return new StreamsUnavailable(
                    "Too many calls wait on one connection to Redis; this one was not sent.", cause);
        }
        if (cause instanceof ErrorType && !message.equals(CLOSED)) {
            return refusal(message, cause);
        }
        drop(asked);
        failures.accept(Failure.UNREACHABLE);
        return new StreamsUnavailable("Redis cannot be reached; the connection is dropped.", cause);
    }

    private StreamsUnavailable refusal(String message, Throwable cause) {
        if (message.startsWith(COLD) || message.contains("Function not found")) {
            failures.accept(Failure.COLD);
            return new StreamsUnavailable.Cold();
        }
        StreamsUnavailable.Refused refused = new StreamsUnavailable.Refused(message, cause);
        if (!isOfSomethingMissing(refused)) {
            failures.accept(Failure.REFUSED);
        }
        return refused;
    }

    /** Callers expect that of lanes nobody wrote to yet, and of groups nobody made. */
    private static boolean isOfSomethingMissing(StreamsUnavailable.Refused refused) {
        return refused.code().equals(StreamsUnavailable.NO_GROUP)
                || String.valueOf(refused.getMessage()).endsWith(NO_SUCH_KEY);
    }

    private void drop(@Nullable Open broken) {
        if (broken == null) {
            return;
        }
        current.compareAndSet(broken, null);
        broken.connection.close().onFailure(ignored -> {});
    }
}
