package dev.millrace.api.outbox;

import dev.millrace.api.base.batch.BoundedQueue;
import dev.millrace.job.Job;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Puts jobs into Redis right after their commit, from memory. It may forget whatever it was offered, at any time: the
 * outbox row is still there, and the relay takes it when it is due. So while Redis is away nothing piles up here.
 */
@Singleton
public class Publisher {

    private static final Logger LOG = Logger.getLogger(Publisher.class);

    private static final long MAX_WAITING_CHARS = 32L << 20;
    private static final int JOBS_PER_TURN = 2000;
    private static final int MAX_WAITING = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Submitting streams;
    private final RedisClock clock;
    private final OutboxSettler settler;
    private final OutboxMeters meters;
    private final BoundedQueue<Publication> waiting =
            new BoundedQueue<>(MAX_WAITING, MAX_WAITING_CHARS, Publication::size);

    public Publisher(Submitting streams, RedisClock clock, OutboxSettler settler, OutboxMeters meters) {
        this.streams = streams;
        this.clock = clock;
        this.settler = settler;
        this.meters = meters;
    }

    /**
     * Runs a transaction, and publishes what it puts on its way. Redis's time is read before it, so that a job that ends
     * meanwhile is not enqueued again.
     *
     * @param transaction returns after its commit
     */
    public <T> T publishAfter(Supplier<T> transaction, Function<T, Dispatch> dispatched) {
        Optional<Instant> before = clock.now();
        T result = transaction.get();
        before.ifPresent(time -> offer(dispatched.apply(result).publications(time)));
        return result;
    }

    /** Takes rows to publish, unless too many wait already; then the relay will. */
    void offer(List<Publication> committed) {
        committed.forEach(waiting::offer);
    }

    public Duration publishOnce() throws InterruptedException {
        List<Publication> batch = waiting.take(
                IDLE, JOBS_PER_TURN, publication -> publication.jobs().size());
        if (!batch.isEmpty()) {
            publish(batch);
        }
        return Duration.ZERO;
    }

    private void publish(List<Publication> batch) {
        try {
            settler.settle(settlements(batch));
        } catch (StreamsUnavailable away) {
            LOG.debug("Jobs are left to the relay, because Redis did not take them.", away);
            leaveToRelay();
        }
    }

    /** All in as few calls as there can be, as of the oldest of their times. */
    private List<Settlement> settlements(List<Publication> batch) {
        Instant asOf =
                batch.stream().map(Publication::asOf).min(Instant::compareTo).orElseThrow();
        List<Job> jobs = batch.stream()
                .flatMap(publication -> publication.jobs().stream())
                .toList();
        Admitted admitted = Admitted.by(streams, Mode.SUBMIT, asOf, jobs);
        meters.published(admitted);
        List<Settlement> settlements = new ArrayList<>(batch.size());
        int at = 0;
        for (Publication publication : batch) {
            int end = at + publication.jobs().size();
            Admitted own =
                    new Admitted(publication.jobs(), admitted.admissions().subList(at, end));
            settlements.add(Settlement.of(publication.outbox(), own));
            at = end;
        }
        return settlements;
    }

    private void leaveToRelay() {
        clock.forget();
        waiting.clear();
    }
}
