package dev.millrace.testkit.fake;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All keys of the shard. */
final class Data {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private record Text(String text, long until) {}

    private final TreeMap<String, Stream> streams = new TreeMap<>();
    private final Map<String, Text> texts = new HashMap<>();
    private final Map<String, Long> times = new HashMap<>();
    private final Map<String, String> timerTexts = new HashMap<>();

    Data copy() {
        Data copy = new Data();
        streams.forEach((key, stream) -> copy.streams.put(key, stream.copy()));
        copy.texts.putAll(texts);
        copy.times.putAll(times);
        copy.timerTexts.putAll(timerTexts);
        return copy;
    }

    Map<String, Stream> streams() {
        return streams;
    }

    @Nullable
    Stream stream(String key) {
        return streams.get(key);
    }

    Stream made(String key) {
        return streams.computeIfAbsent(key, absent -> new Stream());
    }

    @Nullable
    String text(String key, long now) {
        Text found = texts.get(key);
        return found == null || found.until() <= now ? null : found.text();
    }

    /** How long a text still lives; null if it does not expire. */
    @Nullable
    Long life(String key, long now) {
        Text found = texts.get(key);
        return found == null || found.until() == FOR_EVER ? null : Long.valueOf(found.until() - now);
    }

    void set(String key, String text) {
        texts.put(key, new Text(text, FOR_EVER));
    }

    void set(String key, String text, long until) {
        texts.put(key, new Text(text, until));
    }

    void delete(String key) {
        texts.remove(key);
    }

    /** Names of texts that begin so and live. */
    List<String> texts(String prefix, long now) {
        return texts.keySet().stream()
                .filter(key -> key.startsWith(prefix) && text(key, now) != null)
                .sorted()
                .toList();
    }

    Map<String, Long> times() {
        return times;
    }

    Map<String, String> timerTexts() {
        return timerTexts;
    }

    /** Jobs of timers, the earliest first, those of one time in the order of their names. */
    List<String> timersInOrder() {
        Comparator<Map.Entry<String, Long>> order = Map.Entry.comparingByValue();
        return times.entrySet().stream()
                .sorted(order.thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    void dropTimer(String job) {
        times.remove(job);
        timerTexts.remove(job);
    }
}
