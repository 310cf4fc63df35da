package dev.millrace.schedule.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Lists and numbers as a reader expects them. */
final class EnglishWords {

    private EnglishWords() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String listed(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** Three and more values in a row become {@code first to last}; they come in order. */
    static String runs(IntStream values, IntFunction<String> name) {
        List<String> words = new ArrayList<>();
        int[] all = values.toArray();
        for (int start = 0, next; start < all.length; start = next) {
            next = endOfRun(all, start);
            words.addAll(run(all, start, next, name));
        }
        return listed(words);
    }

    private static int endOfRun(int[] all, int start) {
        int end = start + 1;
        while (end < all.length && all[end] == all[end - 1] + 1) {
            end++;
        }
        return end;
    }

    private static List<String> run(int[] all, int start, int end, IntFunction<String> name) {
        return end - start >= 3
                ? List.of(name.apply(all[start]) + " to " + name.apply(all[end - 1]))
                : IntStream.range(start, end).map(i -> all[i]).mapToObj(name).toList();
    }

    static String ordinal(int number) {
        return switch (number) {
            case 1 -> "first";
            case 2 -> "second";
            case 3 -> "third";
            default -> number + "th";
        };
    }
}
