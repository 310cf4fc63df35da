package dev.millrace.api.service.wiring;

import dev.millrace.api.catalog.queues.Pauses;
import dev.millrace.api.catalog.queues.QueueMeters;
import dev.millrace.api.catalog.queues.QueueSettings;
import dev.millrace.api.catalog.queues.WorkersSlots;
import dev.millrace.api.jobs.cancel.EndPages;
import dev.millrace.api.jobs.cancel.Unended;
import dev.millrace.api.jobs.submit.KeyExpiry;
import dev.millrace.api.jobs.submit.SubmitBatcher;
import dev.millrace.api.outbox.OutboxMeters;
import dev.millrace.api.outbox.OutboxSettler;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.api.outbox.Relay;
import dev.millrace.api.outbox.reconcile.Reconcile;
import dev.millrace.api.tenants.KnownQuotas;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.stream.redis.RedisCheck;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** The loops and duties that bring jobs into PostgreSQL and from there into Redis, started with the service. */
@ApplicationScoped
class WriterWiring {

    /** Two, so that one batch is gathered and sent while the other is written to the disk. */
    private static final int COMMITTERS = 2;

    /** Millions of live jobs take minutes to put back; to restart the service in their middle would help nobody. */
    private static final Duration LONGEST_RECONCILE = Duration.ofHours(1);

    private final Loops loops;
    private final Duties duties;

    WriterWiring(Loops loops, Duties duties) {
        this.loops = loops;
        this.duties = duties;
    }

    void refuseBadRedis(@Observes StartupEvent starting, RedisLink link) {
        RedisCheck.requireIfReachable(link);
    }

    void startReconcile(@Observes StartupEvent starting, Reconcile reconcile) {
        loops.start("reconcile", reconcile::reconcileOnce, LONGEST_RECONCILE);
    }

    void startOutbox(
            @Observes StartupEvent starting,
            RedisClock clock,
            OutboxSettler settler,
            Publisher publisher,
            Relay relay,
            OutboxMeters meters) {
        loops.start("redis-clock", clock::refreshOnce);
        loops.start("outbox-settle", settler::settleOnce);
        loops.start("publish", publisher::publishOnce);
        loops.start("relay", relay::relayOnce);
        duties.start("outbox-count", OutboxMeters.PERIOD, meters::countOnce);
    }

    void startQueues(
            @Observes StartupEvent starting,
            QueueMeters queues,
            Pauses pauses,
            QueueSettings settings,
            WorkersSlots slots) {
        duties.start("queue-backlogs", QueueMeters.PERIOD, queues::lookOnce);
        loops.start("queue-pauses", pauses::keepOnce);
        loops.start("queue-settings", settings::refreshOnce);
        loops.start("queue-slots", slots::keepOnce);
    }

    void startCancels(@Observes StartupEvent starting, EndPages pages) {
        loops.start("cancel-repeat", pages.over(Unended.CANCELLED)::endOnce);
        loops.start("expiry", pages.over(Unended.EXPIRED)::endOnce);
    }

    void startSubmit(@Observes StartupEvent starting, SubmitBatcher batcher, KeyExpiry keys, KnownQuotas quotas) {
        loops.start("quotas", quotas::refreshOnce);
        duties.start("key-expiry", KeyExpiry.PERIOD, keys::expireOnce);
        for (int i = 1; i <= COMMITTERS; i++) {
            loops.start("submit-" + i, batcher::commitOnce);
        }
    }
}
