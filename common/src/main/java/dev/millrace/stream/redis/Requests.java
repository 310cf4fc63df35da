package dev.millrace.stream.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/** Writes a command with its arguments in one line. */
public final class Requests {

    private Requests() {}

    /** Arguments are written as {@link Object#toString} says; lists are spread out. */
    public static Request of(Command command, Object... arguments) {
        Request request = Request.cmd(command);
        for (Object argument : arguments) {
            if (argument instanceof List<?> many) {
                many.forEach(one -> request.arg(one.toString()));
            } else {
                request.arg(argument.toString());
            }
        }
        return request;
    }
}
