package dev.millrace.flow;

/**
 * Where the document of the workflow says what became of a step.
 *
 * @param step its name
 */
public record StepPlace(String step) {

    /**
     * A place in its result.
     *
     * @param below a JSON Pointer into the result, such as {@code /topics}; empty for all of it
     */
    public Ref result(String below) {
        return at("result" + below);
    }

    /** Its result. */
    public Ref result() {
        return result("");
    }

    /** How it ended, as a text. */
    public Ref state() {
        return at("state");
    }

    /** Why it failed. */
    public Ref error() {
        return at("error");
    }

    /** How many of its members there are, by what became of them. */
    public Ref counts() {
        return at("counts");
    }

    /** Those of its members that failed, up to a hundred. */
    public Ref failures() {
        return at("failures");
    }

    private Ref at(String what) {
        return new Ref("/steps/" + step + "/" + what, null);
    }
}
