package dev.millrace.api.outbox.reconcile;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisCheck;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Opens a cold Redis and puts every live job back into it. Every api instance looks each second; an advisory lock in
 * PostgreSQL lets one of them work. If it dies, the lock goes with its connection, and the mark that its work is not
 * complete makes the next one start again.
 */
@Singleton
public class Reconcile {

    private static final Logger LOG = Logger.getLogger(Reconcile.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Longer than any walk takes; the lock's own connection is idle meanwhile. */
    private static final Duration WALK = Duration.ofHours(6);

    private static final String TRY_LOCK =
            "select pg_try_advisory_lock(hashtext('dev.millrace.reconcile'), hashtext($1))";
    private static final String UNLOCK = "select pg_advisory_unlock(hashtext('dev.millrace.reconcile'), hashtext($1))";

    private final Db db;
    private final RedisEpoch epochs;
    private final Submitting streams;
    private final RedisLink link;
    private final String shard;
    private final BeforeOpening before;
    private final ReconcileMeters meters;

    public Reconcile(
            Db db,
            RedisEpoch epochs,
            Submitting streams,
            RedisLink link,
            StreamNames names,
            BeforeOpening before,
            ReconcileMeters meters) {
        this.db = db;
        this.epochs = epochs;
        this.streams = streams;
        this.link = link;
        this.shard = names.shard();
        this.before = before;
        this.meters = meters;
    }

    /** Does what there is to do; usually that is to look. */
    public Duration reconcileOnce() {
        Shard known = found();
        if (needed(redisEpoch(), known)) {
            alone(this::reconcile);
        } else if (known.due() && db.session(LOOK, tx -> Shard.liveCheckIsDue(tx, shard))) {
            alone(this::checkLive);
        }
        return PAUSE;
    }

    private Shard found() {
        return db.session(LOOK, tx -> Shard.find(tx, shard));
    }

    /** Empty while Redis is cold. */
    private OptionalInt redisEpoch() {
        try {
            int epoch = epochs.epoch();
            meters.found(epoch);
            return OptionalInt.of(epoch);
        } catch (StreamsUnavailable.Cold cold) {
            meters.found(RedisState.COLD);
            return OptionalInt.empty();
        } catch (StreamsUnavailable away) {
            meters.found(RedisState.of(away));
            throw away;
        }
    }

    /** Another epoch than PostgreSQL's means that one of the two was set back. */
    private static boolean needed(OptionalInt redis, Shard known) {
        return redis.isEmpty() || !known.complete() || redis.getAsInt() != known.epoch();
    }

    private void alone(Runnable work) {
        db.session(WALK, tx -> locked(tx) && done(work, tx));
    }

    private boolean done(Runnable work, Tx tx) {
        try {
            work.run();
            return true;
        } finally {
            tx.run(UNLOCK, shard);
        }
    }

    private boolean locked(Tx tx) {
        return tx.run(TRY_LOCK, shard).iterator().next().getBoolean(0);
    }

    /** Looks again first: whoever had the lock before may have done it. */
    private void reconcile() {
        OptionalInt redis = redisEpoch();
        Shard known = found();
        if (needed(redis, known)) {
            reconcile(1 + Math.max(known.epoch(), redis.orElse(0)));
        }
    }

    private void reconcile(int epoch) {
        LOG.infof("Redis is to be opened with epoch %d; every live job is put back.", epoch);
        db.transaction(LOOK, tx -> {
            Shard.raise(tx, shard, epoch);
            return epoch;
        });
        RedisCheck.require(link);
        FunctionLibrary.load(link);
        RecentEnds.mark(db, epochs);
        before.prepare();
        epochs.bless(epoch);
        long putBack = LivePages.all(db, streams).putBack();
        db.transaction(LOOK, tx -> {
            Shard.completed(tx, shard, epoch);
            return epoch;
        });
        meters.opened(putBack);
        LOG.infof("Redis is open with epoch %d; %d jobs were put back.", epoch, putBack);
    }

    private void checkLive() {
        long putBack = LivePages.silent(db, streams).putBack();
        meters.checked(putBack);
        if (putBack > 0) {
            LOG.warnf("%d jobs that PostgreSQL knows to be live were not in Redis; they were put back.", putBack);
        }
    }
}
