package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Steps side by side, of which some may fail.
 *
 * @param <S> the kind of step itself
 */
public abstract sealed class FanStep<S extends FanStep<S>> extends Step<S> permits GroupStep, MapStep {

    private static final int HUNDRED = 100;

    FanStep(ObjectNode json) {
        super(json);
    }

    /** With that many failures or fewer it is partial and not failed. */
    public S tolerate(int failures) {
        if (failures < 0) {
            throw new IllegalArgumentException("%d failures cannot be tolerated.".formatted(failures));
        }
        return with("tolerate", only("failures", Flows.constant(failures)));
    }

    /** With that many percent of failures or fewer it is partial and not failed. */
    public S toleratePercent(int percent) {
        if (percent < 0 || percent > HUNDRED) {
            throw new IllegalArgumentException("0 to 100 percent can be tolerated, not %d.".formatted(percent));
        }
        return with("tolerate", only("percent", Flows.constant(percent)));
    }

    /** However many fail, it is partial and not failed. */
    public S tolerateAll() {
        return saying("tolerate", "all");
    }
}
