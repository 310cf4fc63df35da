package dev.millrace.api.outbox;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Submitting;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Jobs that wait in PostgreSQL because their band is full, oldest first. */
@Singleton
public class OverflowJobs {

    /** 80 % of the entries that a band may hold. */
    private static final long LOW_WATER = 80_000;

    private static final int MOST = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Steps from lane to lane along the index, however many jobs are parked in each. */
    private static final String LANES = """
            with recursive lane as (
                (select queue, parked from api.job where parked is not null order by queue, parked limit 1)
                union all
                select next.queue, next.parked from lane cross join lateral (
                    select queue, parked from api.job
                    where parked is not null and (queue, parked) > (lane.queue, lane.parked)
                    order by queue, parked limit 1) next)
            select queue, parked from lane""";

    /** The jobs pass into the outbox in one statement, and are due there at once; an array for the reason of {@link FutureJobs}. */
    private static final String MOVE = """
            with moved as (
                update api.job set parked = null where id = any(array(
                    select id from api.job where queue = $1 and parked = $2
                    order by created_at, id limit $3 for update skip locked))
                returning id, created_at),
            ids as (select array_agg(id order by created_at, id) as list from moved)
            insert into api.outbox (queue, band, job_ids, due_at)
            select $1, $2, list, now() from ids where list is not null""";

    private final Db db;
    private final Submitting streams;

    public OverflowJobs(Db db, Submitting streams) {
        this.db = db;
        this.streams = streams;
    }

    /** Gives back to the outbox what the bands have room for; true if there was any. */
    boolean unpark() {
        boolean any = false;
        for (Lane lane : lanes()) {
            long room = LOW_WATER - streams.live(lane.queue(), Band.ofLabel(lane.label()));
            any |= room > 0 && move(lane, Math.min(room, MOST));
        }
        return any;
    }

    private List<Lane> lanes() {
        return db.session(LIMIT, tx -> {
            List<Lane> lanes = new ArrayList<>();
            tx.run(LANES)
                    .forEach(row -> lanes.add(
                            Lane.of(new QueueName(row.getString("queue")), Band.ofLabel(row.getString("parked")))));
            return lanes;
        });
    }

    private boolean move(Lane lane, long room) {
        return db.transaction(
                LIMIT,
                tx -> tx.run(MOVE, lane.queue().value(), lane.label(), room).rowCount() > 0);
    }
}
