package dev.millrace.api.base.db;

/** A refusal as PostgreSQL's, without asking it. */
public final class BadDataSample {

    private BadDataSample() {}

    public static BadData refusal() {
        return new BadData("PostgreSQL refused it: a rule of a test", new IllegalArgumentException("a rule of a test"));
    }
}
