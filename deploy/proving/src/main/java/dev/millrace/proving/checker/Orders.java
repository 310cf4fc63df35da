package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Child;
import dev.millrace.proving.checker.history.Line.Order;
import dev.millrace.proving.checker.history.Line.Row;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Jobs are made of what a run ordered if and only if its success is recorded, once for each key: W14. */
final class Orders implements Rule {

    private static final String SUCCEEDED = "SUCCEEDED";

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        Set<String> keys = new HashSet<>();
        for (Child child : track.children()) {
            if (!keys.add(child.key())) {
                broken.accept("W14", "its order '" + child.key() + "' was made twice");
            }
            if (!ordered(track, child)) {
                broken.accept("W14", "a job was made of '" + child.key() + "' that no success ordered: " + child);
            }
        }
        moreThanOneSuccess(track, broken);
        Row row = track.row();
        if (row != null && row.last() && row.state().equals(SUCCEEDED)) {
            missing(track, keys, broken);
        }
    }

    private static boolean ordered(Track track, Child child) {
        return track.orders().stream()
                .anyMatch(order -> order.key().equals(child.key()) && order.by().equals(child.by()));
    }

    /** Each life of a job has one success in the record, however many are told of. */
    private static void moreThanOneSuccess(Track track, BiConsumer<String, String> broken) {
        Set<String> by =
                track.children().stream().map(child -> child.by().toString()).collect(Collectors.toSet());
        if (by.size() > 1 + track.requeues().size()) {
            broken.accept("W14", "jobs were made of the orders of " + by.size() + " runs: " + by);
        }
    }

    /** Of the successes that were told of one is recorded: of that one all orders are made. */
    private static void missing(Track track, Set<String> made, BiConsumer<String, String> broken) {
        boolean complete = track.orders().isEmpty()
                || track.orders().stream()
                        .collect(Collectors.groupingBy(Order::by, Collectors.mapping(Order::key, Collectors.toSet())))
                        .values()
                        .stream()
                        .anyMatch(made::containsAll);
        if (!complete) {
            broken.accept("W14", "it succeeded, and of what it ordered only " + made + " was made");
        }
    }
}
