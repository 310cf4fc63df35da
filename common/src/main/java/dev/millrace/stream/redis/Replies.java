package dev.millrace.stream.redis;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.AnyBytes;
import dev.millrace.stream.entries.StreamEntry;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what Redis answers about streams, in either version of its protocol. */
public final class Replies {

    private Replies() {}

    /** The entries by stream that XREAD or XREADGROUP found; none when it answered nil. */
    public static Map<String, List<StreamEntry>> ofStreams(@Nullable Response reply) {
        Map<String, List<StreamEntry>> streams = new LinkedHashMap<>();
        if (reply == null) {
            return streams;
        }
        if (reply.isMap()) {
            reply.getKeys().forEach(stream -> streams.put(stream, entries(reply.get(stream))));
            return streams;
        }
        reply.forEach(stream -> streams.put(text(stream.get(0)), entries(stream.get(1))));
        return streams;
    }

    /** The entries of the one stream that was asked for. */
    public static List<StreamEntry> ofOneStream(@Nullable Response reply) {
        return ofStreams(reply).values().stream().findFirst().orElse(List.of());
    }

    /** A list of entries as XRANGE and XCLAIM answer; entries that were deleted meanwhile are left out. */
    public static List<StreamEntry> entries(@Nullable Response reply) {
        if (reply == null) {
            return List.of();
        }
        List<StreamEntry> entries = new ArrayList<>(reply.size());
        for (Response entry : reply) {
            if (entry != null && entry.size() == 2 && entry.get(1) != null) {
                entries.add(new StreamEntry(EntryId.parse(entry.get(0).toString()), fields(entry.get(1))));
            }
        }
        return entries;
    }

    public static Map<String, String> fields(Response flat) {
        Map<String, String> fields = LinkedHashMap.newLinkedHashMap(flat.size() / 2);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), text(flat.get(i + 1)));
        }
        return fields;
    }

    /** The scalars of what XINFO answers, by name. */
    public static Map<String, String> info(@Nullable Response reply) {
        Map<String, String> info = new LinkedHashMap<>();
        if (reply == null) {
            return info;
        }
        if (reply.isMap()) {
            reply.getKeys().forEach(name -> put(info, name, reply.get(name)));
            return info;
        }
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            put(info, text(reply.get(i)), reply.get(i + 1));
        }
        return info;
    }

    /** The answer to a command that always has one. */
    public static Response present(@Nullable Response reply) {
        if (reply == null) {
            throw new IllegalStateException("Redis answered nil to a command that never does.");
        }
        return reply;
    }

    /** What each word of a list of answers means. */
    public static <T> List<T> each(Response replies, Function<String, T> meaning) {
        List<T> all = new ArrayList<>(replies.size());
        replies.forEach(reply -> all.add(meaning.apply(reply.toString().toUpperCase(Locale.ROOT))));
        return all;
    }

    private static void put(Map<String, String> info, String name, @Nullable Response value) {
        if (value != null && value.type() != ResponseType.MULTI) {
            info.put(name, text(value));
        }
    }

    /** Strings as UTF-8, numbers in decimal. What is no UTF-8 can be read too, see {@link AnyBytes}. */
    static String text(Response value) {
        String text = value.toString();
        return text.indexOf(AnyBytes.REPLACEMENT) < 0 || value.type() != ResponseType.BULK
                ? text
                : AnyBytes.text(value.toBytes());
    }
}
