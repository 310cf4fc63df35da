package dev.millrace.api.jobs.accept;

import dev.millrace.api.outbox.Publisher;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.function.Supplier;

/** Commits transactions that make jobs, whatever else they do. */
@Singleton
public class Acceptance {

    private final Publisher publisher;
    private final AcceptMeters meters;

    public Acceptance(Publisher publisher, AcceptMeters meters) {
        this.publisher = publisher;
        this.meters = meters;
    }

    /**
     * Runs a transaction, publishes the jobs that it made, and counts them. After a crash behind the commit, or while Redis
     * is away, the relay finds them in the outbox.
     *
     * @param transaction returns after its commit
     */
    public <T> T commit(Supplier<T> transaction, Function<T, AcceptedJobs> made) {
        T result = publisher.publishAfter(
                transaction, committed -> made.apply(committed).dispatch());
        meters.accepted(made.apply(result));
        return result;
    }
}
