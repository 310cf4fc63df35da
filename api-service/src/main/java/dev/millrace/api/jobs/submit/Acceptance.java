package dev.millrace.api.jobs.submit;

import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Has jobs put into Redis right after the transaction that wrote them, whatever else that transaction did. */
@Singleton
public class Acceptance {

    private final RedisClock clock;
    private final Publisher publisher;
    private final SubmitMeters meters;

    public Acceptance(RedisClock clock, Publisher publisher, SubmitMeters meters) {
        this.clock = clock;
        this.publisher = publisher;
        this.meters = meters;
    }

    /**
     * Runs a transaction, and offers its jobs to the publisher. After a crash in between, or while Redis is away, the
     * relay finds them in the outbox.
     *
     * @param transaction returns after its commit
     */
    public <T> T commit(Supplier<T> transaction, Function<T, AcceptedJobs> written) {
        Optional<Instant> before = clock.now();
        T result = transaction.get();
        AcceptedJobs jobs = written.apply(result);
        before.ifPresent(time -> publisher.offer(jobs.publications(time)));
        meters.committed(jobs);
        return result;
    }
}
