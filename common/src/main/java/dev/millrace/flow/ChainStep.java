package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Steps one after the other. Its result is that of the last one. */
public final class ChainStep extends Step<ChainStep> {

    ChainStep(ObjectNode json) {
        super(json);
    }

    @Override
    ChainStep copy(ObjectNode fields) {
        return new ChainStep(fields);
    }
}
