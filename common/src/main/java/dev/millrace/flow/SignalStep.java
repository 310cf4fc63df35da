package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Waits for a message from outside. Its result is {@code {payload, by, at, timedOut}}. */
public final class SignalStep extends Step<SignalStep> {

    SignalStep(ObjectNode json) {
        super(json);
    }

    @Override
    SignalStep copy(ObjectNode fields) {
        return new SignalStep(fields);
    }

    /** For how long, after which it fails. Without one it waits as long as its workflow lives. */
    public SignalStep timeout(Duration atMost) {
        return saying("timeout", atMost.toString());
    }

    /** After its timeout what follows runs, and finds {@code timedOut}. */
    public SignalStep continueOnTimeout() {
        return saying("onTimeout", "continue");
    }

    /** What a message must be: a JSON Schema, as JSON text or as what {@link Flows#constant} takes. */
    public SignalStep schema(Object schema) {
        return with("schema", schema instanceof String text ? Flows.json(text) : Flows.constant(schema));
    }

    /** The message itself, or a place in it. */
    public Ref payload(String below) {
        return result("/payload" + below);
    }
}
