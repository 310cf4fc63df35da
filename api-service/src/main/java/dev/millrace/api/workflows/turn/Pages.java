package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.workflows.graph.Document;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of maps page by page: each page is a job, and its result {@code {"items": […], "next"?: json}}. The next one is asked for when
 * fewer items are left than members may live. For one turn.
 */
final class Pages {

    static final int MAX_PAGES = 10_000;

    private static final String FAILED = "PagesFailed";
    private static final String TOO_MANY = "TooManyMembers";

    /** With which a node gives up whose items cannot be read to the end. */
    static final Set<String> ERRORS = Set.of(FAILED, TOO_MANY);

    private final View view;
    private final Results results;
    private final MapItems items;
    private final Orders orders;
    private final Members members;

    Pages(View view, Results results, MapItems items, Orders orders, Members members) {
        this.view = view;
        this.results = results;
        this.items = items;
        this.orders = orders;
        this.members = members;
    }

    /** Whether one was asked for that has not come. */
    boolean isAwaited(NodeStatus status) {
        return status.pagesAsked > status.pagesRead;
    }

    /** Has the next one made, if there is one and few items are left. */
    void ask(Node node, NodeStatus status) {
        if (status.pagesOver
                || isAwaited(status)
                || status.errorType != null
                || !(node.step() instanceof Step.Mapping map)
                || status.size - status.made >= map.window()) {
            return;
        }
        if (status.pagesAsked == MAX_PAGES) {
            giveUp(status, TOO_MANY, "A list has at most %d pages.".formatted(MAX_PAGES));
            return;
        }
        status.pagesAsked++;
        status.changed = true;
        JsonNode cursor = cursor(node, status);
        Document outside = view.from(node);
        Document document = place -> place.first().equals("cursor") ? place.in(cursor, 1) : outside.at(place);
        Failure failure = members.make(orders.order(
                node.number(), status.run, -status.pagesAsked, Objects.requireNonNull(map.pages()), document));
        if (failure != null) {
            status.pagesRead++;
            giveUp(status, FAILED, "%s: %s".formatted(failure.type(), failure.message()));
        }
    }

    private @Nullable JsonNode cursor(Node node, NodeStatus status) {
        if (status.pagesRead == 0) {
            return null;
        }
        return status.fresh != null
                ? status.fresh.next()
                : results.cursor(node.number(), status.run, status.pagesRead - 1);
    }

    /** Takes the items of the one that was asked for. */
    void ended(Node node, NodeStatus status, boolean succeeded) {
        status.pagesRead++;
        status.changed = true;
        JsonNode page = succeeded ? results.ofMember(node.number(), status.run, -status.pagesRead) : null;
        if (!succeeded) {
            Failure failure = results.error(node.number(), status.run, -status.pagesRead);
            giveUp(
                    status,
                    FAILED,
                    failure == null ? "A page failed." : "%s: %s".formatted(failure.type(), failure.message()));
        } else if (page == null || !page.path("items").isArray()) {
            giveUp(
                    status,
                    FAILED,
                    "The result of a page is to be an object with 'items', a list, and 'next' if more follow.");
        } else if (node.step() instanceof Step.Mapping map) {
            take(node, status, map, page);
        }
    }

    private void take(Node node, NodeStatus status, Step.Mapping map, JsonNode page) {
        JsonNode next = page.hasNonNull("next") ? page.get("next") : null;
        int before = status.pagesRead == 1 ? 0 : items.count(node, status, map);
        Items fresh = new Items(status.pagesRead - 1, before, page.get("items"), next);
        if (fresh.end() > map.mostItems()) {
            giveUp(status, TOO_MANY, MapItems.tooMany(map));
            return;
        }
        status.fresh = fresh;
        status.size = map.members(fresh.end(), next == null);
        status.pagesOver = next == null;
    }

    private static void giveUp(NodeStatus status, String type, String message) {
        if (status.errorType == null && !status.stopping()) {
            status.errorType = type;
            status.errorMessage = message;
            status.changed = true;
        }
    }
}
