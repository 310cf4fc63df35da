package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Steps side by side. Its result is the list of theirs, in the order in which they are written. */
public final class GroupStep extends FanStep<GroupStep> {

    GroupStep(ObjectNode json) {
        super(json);
    }

    @Override
    GroupStep copy(ObjectNode fields) {
        return new GroupStep(fields);
    }
}
