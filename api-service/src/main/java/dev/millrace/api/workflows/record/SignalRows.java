package dev.millrace.api.workflows.record;

import dev.millrace.api.workflows.turn.Inbox;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api.flow_signal}. A signal is taken under the lock of its workflow, so that it is taken once at most. */
public final class SignalRows {

    private static final String ADD = """
            insert into api.flow_signal (workflow, name, payload, sent_by) values ($1, $2, $3, $4)
            returning seq, name, payload, sent_by, sent_at, taken_by""";

    private static final String TAKE = """
            update api.flow_signal set taken_by = $3
            where workflow = $1 and seq = (
                select seq from api.flow_signal where workflow = $1 and name = $2 and taken_by is null order by seq limit 1)
            returning seq, name, payload, sent_by, sent_at, taken_by""";

    private static final String UNTAKEN =
            "select count(*) from api.flow_signal where workflow = $1 and taken_by is null";

    private static final String LIST =
            "select seq, name, payload, sent_by, sent_at, taken_by from api.flow_signal where workflow = $1 order by seq limit 1000";

    private SignalRows() {}

    /**
     * A signal.
     *
     * @param payload JSON
     * @param by who sent it; null if that is not known
     * @param takenBy the number of the node that took it; null if none has
     */
    public record Signal(
            long seq,
            String name,
            String payload,
            @Nullable String by,
            Instant at,
            @Nullable Integer takenBy) {}

    public static Signal add(Tx tx, UUID workflow, String name, String payload, @Nullable String by) {
        return tx.first(SignalRows::read, ADD, workflow, name, payload, by).orElseThrow();
    }

    /** How many of them nobody has taken. */
    public static long untaken(Tx tx, UUID workflow) {
        return tx.number(UNTAKEN, workflow);
    }

    /** The oldest, in the order in which they came. */
    public static List<Signal> list(Tx tx, UUID workflow) {
        return tx.list(SignalRows::read, LIST, workflow);
    }

    /** Those of a workflow that is locked. */
    public static Inbox inbox(Tx tx, UUID workflow) {
        return (name, node) -> take(tx, workflow, name, node);
    }

    private static Optional<Inbox.Message> take(Tx tx, UUID workflow, String name, int node) {
        return tx.first(SignalRows::read, TAKE, workflow, name, node)
                .map(signal -> new Inbox.Message(StoredJson.read(signal.payload()), signal.by(), signal.at()));
    }

    private static Signal read(Row row) {
        return new Signal(
                row.getLong("seq"),
                row.getString("name"),
                row.getString("payload"),
                row.getString("sent_by"),
                Values.instant(row, "sent_at"),
                row.getInteger("taken_by"));
    }
}
