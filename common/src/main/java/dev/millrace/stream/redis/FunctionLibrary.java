package dev.millrace.stream.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Lua library {@code millrace} of this release, and how it comes into Redis. */
public final class FunctionLibrary {

    /** The library's files, in the order in which they are joined: each uses what those before it define. */
    static final List<String> PARTS =
            List.of("base", "markers", "entries", "enqueue", "run", "timers", "cancel", "lease", "connections");

    private static final Pattern VERSION = Pattern.compile("local VERSION = '(\\d+)'");

    private FunctionLibrary() {}

    /**
     * Loads the library if Redis has none or an older one; never replaces a newer one. Loading leaves Redis cold.
     *
     * @throws StreamsUnavailable.Refused with code NOPERM if this user may not load functions
     */
    public static void load(RedisLink link) {
        load(link, source());
    }

    static void load(RedisLink link, String source) {
        if (!addedTo(link, source) && presentVersion(link) < versionOf(source)) {
            link.call(Requests.of(Command.FUNCTION, "LOAD", "REPLACE", source));
        }
    }

    /** Without REPLACE, so that of several instances that start together one loads it and the others leave it alone. */
    private static boolean addedTo(RedisLink link, String source) {
        if (presentVersion(link) > 0) {
            return false;
        }
        try {
            link.call(Requests.of(Command.FUNCTION, "LOAD", source));
            return true;
        } catch (StreamsUnavailable.Refused refused) {
            if (!String.valueOf(refused.getMessage()).contains("already exists")) {
                throw refused;
            }
            return false;
        }
    }

    static int versionOf(String source) {
        Matcher matcher = VERSION.matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException("The function library in this artifact names no version.");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Returns the parts as one library. */
    static String source() {
        return PARTS.stream().map(FunctionLibrary::part).collect(Collectors.joining("\n"));
    }

    static String part(String name) {
        String resource = name + ".lua";
        try (InputStream in = FunctionLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This artifact lacks " + resource + " of the function library.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int presentVersion(RedisLink link) {
        try {
            Response version = link.call(Requests.of(Command.FCALL, "mr_version", 0));
            return version == null ? 0 : Integer.parseInt(version.toString());
        } catch (StreamsUnavailable.Cold missing) {
            return 0;
        }
    }
}
