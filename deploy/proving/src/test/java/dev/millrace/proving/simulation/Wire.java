package dev.millrace.proving.simulation;

import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.stream.timers.TimerStreams;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** The way from one process to Redis, on which calls and replies get lost and the process may die. */
final class Wire {

    private static final int OF = 1_000;

    /** Who dies right after it is given a suspect is taken for its victim; nothing tells that it had not begun. */
    private static final String ALONE = "takeSuspect";

    /** What a process knows by itself. */
    private static final String LOCAL = "lostConnection";

    private final World world;
    private final String name;

    Wire(World world, String name) {
        this.world = world;
        this.name = name;
    }

    JobStreams streams() {
        JobStreams real = world.redis().streams(name);
        return JobStreams.class.cast(proxy(JobStreams.class, real));
    }

    TimerStreams timers() {
        TimerStreams real = world.redis().timers(name);
        return TimerStreams.class.cast(proxy(TimerStreams.class, real));
    }

    private Object proxy(Class<?> type, Object real) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> call(real, method, args));
    }

    private Object call(Object real, Method method, Object[] args) throws Throwable {
        boolean local = method.getName().equals(LOCAL);
        int dice = world.stormy() && !local ? world.random(OF) : OF;
        if (!local) {
            before(real, dice);
        }
        try {
            Object answer = method.invoke(real, args);
            after(real, method.getName().equals(ALONE) ? OF : dice);
            return answer;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private void before(Object real, int dice) {
        if (world.redisIsAway() || world.isCutOff(name)) {
            throw new StreamsUnavailable("Redis is away.");
        }
        if (dice < 4 && world.weather().has(Weather.Kind.KILL)) {
            throw new Crash();
        }
        if (dice >= 10 && dice < 20 && world.weather().has(Weather.Kind.LOST_CALLS)) {
            lose(real);
            throw new StreamsUnavailable("The call is lost.");
        }
    }

    private void after(Object real, int dice) {
        if (dice >= 4 && dice < 8 && world.weather().has(Weather.Kind.KILL)) {
            throw new Crash();
        }
        if (dice >= 20 && dice < 40 && world.weather().has(Weather.Kind.LOST_CALLS)) {
            lose(real);
            throw new StreamsUnavailable("The reply is lost.");
        }
    }

    /** Its connection is dropped. */
    private void lose(Object real) {
        world.cut(name);
        if (real instanceof JobStreams streams) {
            world.redis().cut(streams);
        }
    }
}
