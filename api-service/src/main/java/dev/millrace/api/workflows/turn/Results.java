package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import org.jspecify.annotations.Nullable;

/** What the record knows of members that have ended. */
public interface Results {

    /** What a member made; null if it made nothing, or has not succeeded. */
    @Nullable
    JsonNode ofMember(int node, int run, int index);

    /** The results of all members by their index, null where there is none. */
    ArrayNode ofMembers(int node, int run, int size);

    /** How many bytes these have together. */
    long bytes(int node, int run);

    /** Why a member did not succeed; null if that is not known. */
    @Nullable
    Failure error(int node, int run, int index);

    /** The first 100 members that did not succeed: {@code index}, {@code state} and {@code error} of each. */
    ArrayNode failures(int node, int run);

    /** Whether a member is a workflow that succeeded in part. */
    boolean anyPartial(int node, int run);

    /** The items that were kept of a map, of which one has that index. */
    Items items(int node, int run, int index);

    /** Where the page behind that one begins. */
    JsonNode cursor(int node, int run, int page);
}
