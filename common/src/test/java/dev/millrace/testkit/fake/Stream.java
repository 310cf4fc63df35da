package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream: entries as names and values in turn, and its groups. */
final class Stream {

    private final TreeMap<EntryId, List<String>> entries = new TreeMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();
    private EntryId last = EntryId.ZERO;

    Stream copy() {
        Stream copy = new Stream();
        copy.entries.putAll(entries);
        groups.forEach((name, group) -> copy.groups.put(name, group.copy()));
        copy.last = last;
        return copy;
    }

    EntryId add(long now, List<String> flat) {
        last = now > last.millis() ? new EntryId(now, 0) : new EntryId(last.millis(), last.sequence() + 1);
        entries.put(last, List.copyOf(flat));
        return last;
    }

    @Nullable
    List<String> body(EntryId entry) {
        return entries.get(entry);
    }

    void delete(EntryId entry) {
        entries.remove(entry);
    }

    NavigableMap<EntryId, List<String>> entries() {
        return entries;
    }

    int length() {
        return entries.size();
    }

    EntryId last() {
        return last;
    }

    @Nullable
    Group group(String name) {
        return groups.get(name);
    }

    void removeGroup(String name) {
        groups.remove(name);
    }

    Group makeGroup(String name, boolean atTheEnd) {
        Group made = new Group(atTheEnd ? last : EntryId.ZERO);
        groups.put(name, made);
        return made;
    }

    /** Gives up to {@code n} entries that nobody of the group was given yet. */
    List<EntryId> read(Group group, String consumer, long now, int n) {
        group.seen(consumer, now);
        List<EntryId> given = new ArrayList<>();
        for (Map.Entry<EntryId, List<String>> entry :
                entries.tailMap(group.last(), false).entrySet()) {
            if (given.size() == n) {
                break;
            }
            given.add(entry.getKey());
        }
        given.forEach(entry -> group.give(entry, consumer, now));
        return given;
    }

    /** Throws away what is older than the newest {@code kept}. */
    void trim(int kept) {
        int beyond = entries.size() - kept;
        for (int i = 0; i < beyond; i++) {
            entries.pollFirstEntry();
        }
    }
}
