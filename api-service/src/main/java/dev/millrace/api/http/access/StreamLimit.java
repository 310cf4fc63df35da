package dev.millrace.api.http.access;

import java.util.function.LongSupplier;

/** How many event streams a tenant may have open here. */
public interface StreamLimit {

    /**
     * Lets a tenant open one more.
     *
     * @param open tells how many it has; asked only where there is a limit
     * @throws dev.millrace.api.http.problem.ProblemException 429 if that is as many as it may have
     */
    void admitStream(String tenant, LongSupplier open);
}
