package dev.millrace.testkit.fake;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.timers.TimerStreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The server: its data, the variable that the functions keep in memory, and what can befall both. */
public final class FakeRedis {

    static final StreamNames NAMES = StreamNames.DEFAULT;

    private final InstantSource clock;
    private final FakeConnections connections;
    private final List<Lapse> lapses = new ArrayList<>();
    private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
    private Data data = new Data();
    private @Nullable String blessed;
    private Instant started;
    private int splits;

    /** What it held at some time. */
    public static final class Snapshot {
        private final Data data;

        private Snapshot(Data data) {
            this.data = data;
        }
    }

    /**
     * A lease that was let run out.
     *
     * @param gone for how many milliseconds the connection had been gone by which the worker was registered last
     * @param ofThisLife whether it was registered since Redis was opened last
     * @param steady for how many milliseconds whoever did it had had its connection
     */
    public record Lapse(String worker, String by, long gone, boolean ofThisLife, long steady) {}

    /** Empty and cold. */
    public FakeRedis(InstantSource clock) {
        this(clock, clock::millis);
    }

    /** One whose clock may jump; by {@code millis}, which does not, connections come and go. */
    public FakeRedis(InstantSource clock, LongSupplier millis) {
        this.clock = clock;
        this.started = clock.instant();
        this.connections = new FakeConnections(millis);
    }

    /** Streams for the consumer of this name. */
    public JobStreams streams(String consumer) {
        return new FakeJobStreams(this, consumer);
    }

    /** The timers for the scheduler of this name. */
    public TimerStreams timers(String scheduler) {
        return new FakeTimerStreams(this, scheduler);
    }

    public FakeProbe probe() {
        return new FakeProbe(this);
    }

    /** Closes the connection of these streams; their next call opens another. */
    public void cut(JobStreams streams) {
        ((FakeJobStreams) streams).cut();
    }

    /** Closes all connections of a client, as its death does. */
    public void cut(String client) {
        connections.close(client);
    }

    /** Closes all connections; their next calls open others. */
    public void cutAll() {
        connections.closeAll();
    }

    /** The leases that were let run out since it was asked last. */
    public List<Lapse> lapses() {
        List<Lapse> since = List.copyOf(lapses);
        lapses.clear();
        return since;
    }

    /** From now on the functions make this mistake. */
    public void plant(Flaw flaw) {
        flaws.add(flaw);
    }

    /** FLUSHALL: the data are gone, the server goes on. */
    public void loseAll() {
        data = new Data();
    }

    /** Keeps its data, forgets its variable. */
    public void restart() {
        blessed = null;
        started = clock.instant();
        connections.restart();
    }

    public Snapshot snapshot() {
        return new Snapshot(data.copy());
    }

    /** A restart with what it held then: the last writes are lost, or a replica that lagged behind took over. */
    public void goBack(Snapshot then) {
        data = then.data.copy();
        restart();
    }

    boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    /** Whether a move that is two steps is interrupted between them this time. */
    boolean diesBetween() {
        return has(Flaw.SPLIT_ACK_AND_ADD) && ++splits % 5 == 0;
    }

    FakeConnections connections() {
        return connections;
    }

    void lapsed(Lapse lapse) {
        lapses.add(lapse);
    }

    Data data() {
        return data;
    }

    long now() {
        return clock.millis();
    }

    Duration uptime() {
        return Duration.between(started, clock.instant());
    }

    void bless(int epoch) {
        blessed = Integer.toString(epoch);
        data.set(NAMES.epoch(), blessed);
    }

    /** The epoch it was blessed with; null while it is cold. */
    @Nullable
    String epoch() {
        String key = data.text(NAMES.epoch(), now());
        return key != null && key.equals(blessed) ? key : null;
    }
}
