package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A pause. Its result is {@code {at}}, the time until which it waited. */
public final class WaitStep extends Step<WaitStep> {

    WaitStep(ObjectNode json) {
        super(json);
    }

    @Override
    WaitStep copy(ObjectNode fields) {
        return new WaitStep(fields);
    }
}
