package dev.millrace.ctl.server;

/** The server was reached, and did not do what was asked. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;
    private final transient Problem problem;

    Refused(Answer answer) {
        super("status " + answer.status());
        this.answer = answer;
        this.problem = Problem.of(answer);
    }

    public Problem problem() {
        return problem;
    }

    /** What it answered. */
    public Answer answer() {
        return answer;
    }
}
