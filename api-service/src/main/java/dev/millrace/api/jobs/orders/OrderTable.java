package dev.millrace.api.jobs.orders;

import dev.millrace.api.jobs.accept.Orderer;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import java.util.List;

/** The table {@code api.job_order}, whose rows go when their jobs are made. */
final class OrderTable {

    /** How many rows one commit looks at: at most 8 MiB of orders. */
    static final int MOST_ROWS = 32;

    private static final String IDS = "select id from api.job_order order by id limit " + MOST_ROWS;

    /** Those that another instance is at are left to it. */
    private static final String TAKE = """
            select id, parent, tenant, priority, trace_parent, orders from api.job_order
            where id between $1 and $2 order by id limit %d for update skip locked""".formatted(MOST_ROWS);

    private static final String DELETE = "delete from api.job_order where id = any($1)";

    private OrderTable() {}

    /** What one run has ordered. */
    record OrdersOfRun(long id, List<Ordered> orders) {

        private static OrdersOfRun of(Row row) {
            Orderer orderer = new Orderer(
                    new JobId(row.getUUID("parent")),
                    row.getString("tenant"),
                    row.getInteger("priority"),
                    row.getString("trace_parent"));
            return new OrdersOfRun(row.getLong("id"), Ordered.read(orderer, row.getString("orders")));
        }
    }

    /** The oldest. */
    static List<Long> ids(Tx tx) {
        return tx.list(row -> row.getLong("id"), IDS);
    }

    /** Locks and reads the oldest from the first id to the last, at most {@link #MOST_ROWS}. */
    static List<OrdersOfRun> take(Tx tx, long first, long last) {
        return tx.list(OrdersOfRun::of, TAKE, first, last);
    }

    static void delete(Tx tx, List<OrdersOfRun> taken) {
        tx.run(DELETE, (Object) taken.stream().map(OrdersOfRun::id).toArray(Long[]::new));
    }
}
