package dev.millrace.batch;

import java.util.List;
import java.util.stream.IntStream;

/** Cuts lists to the size of a call. */
public final class Parts {

    private Parts() {}

    /** The items in their order, in lists of {@code size} and a last one of those that are left; none of no items. */
    public static <T> List<List<T>> of(List<T> items, int size) {
        return IntStream.iterate(0, from -> from < items.size(), from -> from + size)
                .mapToObj(from -> items.subList(from, Math.min(items.size(), from + size)))
                .toList();
    }
}
