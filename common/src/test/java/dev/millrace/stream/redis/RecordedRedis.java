package dev.millrace.stream.redis;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which functions are called with what, and refuses everything for want of memory but to
 * number its connection and to read what it was told to give.
 */
final class RecordedRedis {

    private final List<Call> calls = new ArrayList<>();
    private final RedisConnection connection = implementing(RedisConnection.class, this::onConnection);
    private final Redis redis =
            implementing(Redis.class, (proxy, method, arguments) -> Future.succeededFuture(connection));

    private String stream = "";
    private List<List<String>> given = List.of();

    record Call(String function, List<String> keys, List<String> arguments) {}

    RedisLink link() {
        return new RedisLink(redis, Duration.ofSeconds(5));
    }

    /** Lets reads of groups find these entries, each its id and then names and values in turn. */
    void gives(String fromStream, List<List<String>> entries) {
        stream = fromStream;
        given = entries;
    }

    private Response given() {
        return list(given.stream()
                .map(entry -> list(
                        bulk(entry.getFirst()),
                        list(entry.stream().skip(1).map(RecordedRedis::bulk).toArray(Response[]::new))))
                .toArray(Response[]::new));
    }

    private static Response bulk(String text) {
        return BulkType.create(Buffer.buffer(text), false);
    }

    private static Response list(Response... items) {
        MultiType list = MultiType.create(items.length, false);
        List.of(items).forEach(list::add);
        return list;
    }

    List<Call> calls() {
        return calls;
    }

    private @Nullable Object onConnection(Object proxy, Method method, Object @Nullable [] arguments) {
        if (arguments != null && arguments[0] instanceof Request request) {
            if (request.command().equals(Command.FCALL)) {
                calls.add(call(request));
            }
            if (request.command().equals(Command.CLIENT)) {
                return Future.succeededFuture(NumberType.create(7L));
            }
            if (request.command().equals(Command.EXISTS)) {
                return Future.succeededFuture(NumberType.create(0L));
            }
            return request.command().equals(Command.XREADGROUP) && !given.isEmpty()
                    ? Future.succeededFuture(list(list(bulk(stream), given())))
                    : Future.failedFuture(ErrorType.create("OOM refused by a test"));
        }
        return method.getReturnType().equals(Future.class) ? Future.succeededFuture() : connection;
    }

    /** Reads a request as it would travel: a count, then each part as its length and itself. */
    private static Call call(Request request) {
        String[] lines = request.toString().split("\r\n", -1);
        List<String> parts = new ArrayList<>();
        for (int i = 2; i < lines.length; i += 2) {
            parts.add(lines[i]);
        }
        int keys = Integer.parseInt(parts.get(2));
        return new Call(parts.get(1), parts.subList(3, 3 + keys), List.copyOf(parts.subList(3 + keys, parts.size())));
    }

    @SuppressWarnings("unchecked")
    private static <T> T implementing(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
