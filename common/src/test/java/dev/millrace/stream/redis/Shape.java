package dev.millrace.stream.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function's header says of a list of keys or arguments: names, separated by commas; {@code x…} is any number of x,
 * {@code (x, y)…} any number of both, {@code x × k} as many as the value of the {@code k} before it says.
 */
record Shape(List<Item> items) {

    sealed interface Item {

        record One(String name) implements Item {}

        record Counted(String by) implements Item {}

        record Many(Shape each) implements Item {}
    }

    static Shape parse(String text) {
        List<Item> items = new ArrayList<>();
        for (String name : text.equals("none") ? List.<String>of() : split(text)) {
            items.add(item(name));
        }
        return new Shape(List.copyOf(items));
    }

    private static Item item(String name) {
        if (name.endsWith("…")) {
            String each = name.substring(0, name.length() - 1);
            return new Item.Many(each.startsWith("(") ? parse(each.substring(1, each.length() - 1)) : parse(each));
        }
        int times = name.indexOf(" × ");
        return times < 0 ? new Item.One(name) : new Item.Counted(name.substring(times + 3));
    }

    /** Splits at the commas that stand in no parentheses. */
    private static List<String> split(String text) {
        return List.of(text.split(",\\s*(?![^(]*\\))", -1));
    }

    /** How many single ones come before any that are repeated. */
    int single() {
        return (int) items.stream().takeWhile(Item.One.class::isInstance).count();
    }

    boolean fits(List<String> values) {
        return fits(0, values, Map.of());
    }

    private boolean fits(int next, List<String> values, Map<String, String> named) {
        if (next == items.size()) {
            return values.isEmpty();
        }
        return switch (items.get(next)) {
            case Item.One(String name) ->
                !values.isEmpty() && fits(next + 1, rest(values, 1), with(named, name, values.getFirst()));
            case Item.Counted(String by) -> {
                int n = Integer.parseInt(named.getOrDefault(by, "0"));
                yield n <= values.size() && fits(next + 1, rest(values, n), named);
            }
            case Item.Many(Shape each) -> fits(next + 1, values, named) || repeats(each, next, values, named);
        };
    }

    private boolean repeats(Shape each, int next, List<String> values, Map<String, String> named) {
        for (int n = 1; n <= values.size(); n++) {
            if (each.fits(values.subList(0, n)) && fits(next, rest(values, n), named)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> rest(List<String> values, int from) {
        return values.subList(from, values.size());
    }

    private static Map<String, String> with(Map<String, String> named, String name, String value) {
        Map<String, String> more = new HashMap<>(named);
        more.put(name, value);
        return more;
    }
}
