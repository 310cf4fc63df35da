package dev.millrace.stream.redis;

import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects the keys and arguments of one call of the function library. */
public final class FunctionCall {

    private final String function;
    private final List<String> keys = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<Lane, String> numbers = new LinkedHashMap<>();

    public FunctionCall(String function) {
        this.function = function;
    }

    public FunctionCall key(String key) {
        keys.add(key);
        return this;
    }

    /** Adds a lane's key, once; its number among the lanes, from 1, is what entries refer to. */
    public FunctionCall lane(StreamNames names, Lane lane) {
        if (numbers.putIfAbsent(lane, Integer.toString(numbers.size() + 1)) == null) {
            keys.add(names.lane(lane));
        }
        return this;
    }

    public String number(Lane lane) {
        return Objects.requireNonNull(numbers.get(lane), "a lane's key is added before it is referred to");
    }

    public FunctionCall arg(String argument) {
        arguments.add(argument);
        return this;
    }

    public FunctionCall arg(long argument) {
        return arg(Long.toString(argument));
    }

    /** The call as it travels. */
    public Request request() {
        Request request = Request.cmd(Command.FCALL).arg(function).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    public Response on(RedisLink link) {
        Response reply = link.call(request());
        if (reply == null) {
            throw new IllegalStateException("The function " + function + " answered nil, which none of ours does.");
        }
        return reply;
    }
}
