package dev.millrace.api.base.quarantine;

import dev.millrace.postgres.BadData;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Hands what entries of a stream say to whoever records it, and keeps back those that nobody can read or that PostgreSQL will
 * never take: they go to the quarantine, each alone, and are in nobody's way.
 */
public final class Sieve<T> {

    private static final Logger LOG = Logger.getLogger(Sieve.class);

    private final String stream;
    private final Function<StreamEntry, Reading<T>> reader;
    private final Quarantine quarantine;

    public Sieve(String stream, Function<StreamEntry, Reading<T>> reader, Quarantine quarantine) {
        this.stream = stream;
        this.reader = reader;
        this.quarantine = quarantine;
    }

    private record Sifted<T>(StreamEntry entry, T value) {}

    /**
     * Returns when all are recorded or in quarantine. Called again with the same entries, it may record them again.
     *
     * @param record all of what it is given, or nothing; throws {@link BadData} if that can never be
     */
    public void pass(List<StreamEntry> entries, Consumer<List<T>> record) {
        List<Sifted<T>> good = new ArrayList<>(entries.size());
        List<Unreadable> bad = new ArrayList<>();
        for (StreamEntry entry : entries) {
            switch (reader.apply(entry)) {
                case Reading.Understood<T>(T value) -> good.add(new Sifted<>(entry, value));
                case Reading.Refused<T>(String why) -> bad.add(Unreadable.of(entry, stream, why));
            }
        }
        putAside(bad);
        recordAll(good, record);
    }

    /** What PostgreSQL does not take is searched for by halves. */
    private void recordAll(List<Sifted<T>> good, Consumer<List<T>> record) {
        if (good.isEmpty()) {
            return;
        }
        try {
            record.accept(good.stream().map(Sifted::value).toList());
        } catch (BadData bad) {
            halve(good, record, bad);
        }
    }

    private void halve(List<Sifted<T>> good, Consumer<List<T>> record, BadData bad) {
        if (good.size() == 1) {
            putAside(List.of(Unreadable.of(good.getFirst().entry(), stream, String.valueOf(bad.getMessage()))));
        } else {
            recordAll(good.subList(0, good.size() / 2), record);
            recordAll(good.subList(good.size() / 2, good.size()), record);
        }
    }

    private void putAside(List<Unreadable> bad) {
        quarantine.keep(bad);
        bad.stream()
                .findFirst()
                .ifPresent(first -> LOG.warnf(
                        "%d entries of the stream %s cannot be read and are in quarantine, from %s on. %s",
                        bad.size(), stream, first.entry(), first.reason()));
    }
}
