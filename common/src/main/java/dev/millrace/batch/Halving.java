package dev.millrace.batch;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Does a batch at once, and finds the parts that are refused by halves, so that each is refused alone. */
public final class Halving {

    private Halving() {}

    /**
     * Hands all items to the action; if it refuses them, the first half and then the second. Items keep their order. No items
     * are no call.
     *
     * @param refusal by which the action says that it did nothing, because of one or more of the items; whatever else it
     *     throws is thrown on
     * @param action does all that it is given, or nothing
     * @param refused is given each item that is refused alone, and why
     */
    public static <T, X extends RuntimeException> void run(
            List<T> items, Class<X> refusal, Consumer<List<T>> action, BiConsumer<T, X> refused) {
        if (items.isEmpty()) {
            return;
        }
        try {
            action.accept(items);
        } catch (RuntimeException failure) {
            if (!refusal.isInstance(failure)) {
                throw failure;
            }
            if (items.size() == 1) {
                refused.accept(items.getFirst(), refusal.cast(failure));
                return;
            }
            run(items.subList(0, items.size() / 2), refusal, action, refused);
            run(items.subList(items.size() / 2, items.size()), refusal, action, refused);
        }
    }
}
