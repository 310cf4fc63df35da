package dev.millrace.testkit.fake;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The connections of clients, which the server numbers anew after a restart; and what is true of them. */
final class FakeConnections {

    private final LongSupplier millis;
    private final Map<Long, One> open = new TreeMap<>();
    private final Map<String, One> registered = new HashMap<>();
    private long last;

    /** One connection. No other is the same, whatever its number. */
    static final class One {
        private final String client;
        private final long number;
        private final long opened;
        private long closed = Long.MAX_VALUE;
        private String epoch = "";

        private One(String client, long number, long opened) {
            this.client = client;
            this.number = number;
            this.opened = opened;
        }

        long number() {
            return number;
        }
    }

    FakeConnections(LongSupplier millis) {
        this.millis = millis;
    }

    One connect(String client) {
        One one = new One(client, ++last, millis.getAsLong());
        open.put(one.number, one);
        return one;
    }

    boolean isOpen(One one) {
        return open.get(one.number) == one;
    }

    boolean isOpen(long number) {
        return open.containsKey(number);
    }

    void close(One one) {
        if (open.remove(one.number, one)) {
            one.closed = millis.getAsLong();
        }
    }

    void close(String client) {
        open.values().stream().filter(one -> one.client.equals(client)).toList().forEach(this::close);
    }

    void closeAll() {
        open.values().stream().toList().forEach(this::close);
    }

    void restart() {
        closeAll();
        last = 0;
    }

    void register(One one, String epoch) {
        one.epoch = epoch;
        registered.put(one.client, one);
    }

    /** What is true of a worker whose lease one lets run out over this connection. */
    FakeRedis.Lapse lapse(String worker, One by, String epoch) {
        @Nullable One its = registered.get(worker);
        long now = millis.getAsLong();
        long gone = its == null ? Long.MAX_VALUE : Math.max(0, now - its.closed);
        boolean ofThisLife = its != null && its.epoch.equals(epoch);
        return new FakeRedis.Lapse(worker, by.client, gone, ofThisLife, now - by.opened);
    }
}
