package dev.millrace.testkit.fake;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Connections.Connection;
import dev.millrace.stream.jobs.Connections.Look;
import dev.millrace.stream.jobs.Connections.Registered;
import dev.millrace.stream.jobs.Leasing.Renewal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a worker keeps what it holds, and what becomes of it when the worker dies. */
final class Leasing {

    private static final int BEYOND = 100;
    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final Call call;

    Leasing(Call call) {
        this.call = call;
    }

    Renewal renew(long leaseMillis, List<Delivery> entries) {
        String says = call.data.text(key(call.consumer), call.now);
        call.data.set(key(call.consumer), says == null ? "1" : says, call.now + leaseMillis);
        Set<EntryKey> lost = new HashSet<>();
        Set<EntryKey> flagged = new HashSet<>();
        for (Delivery held : entries) {
            if (!isOurs(held)) {
                lost.add(EntryKey.of(held));
            } else {
                String marker = call.marker(held.job().id().toString());
                if (marker != null
                        && marker.substring(marker.lastIndexOf('|') + 1).contains("C")) {
                    flagged.add(EntryKey.of(held));
                }
                claim(held);
            }
        }
        return new Renewal(lost, flagged);
    }

    private boolean isOurs(Delivery held) {
        String lane = NAMES.lane(held.lane());
        return call.has(Flaw.NAIVE_RENEW)
                ? call.pending(lane, held.entry()) != null
                : call.holds(lane, held.entry(), held.token().delivery());
    }

    /** What is pending and gone from its lane leaves the pending list. */
    private void claim(Delivery held) {
        String lane = NAMES.lane(held.lane());
        Group group = call.groupOf(lane);
        if (group != null && call.body(lane, held.entry()) == null) {
            group.acknowledge(held.entry());
        } else if (group != null) {
            group.claim(held.entry(), call.consumer, call.now, false);
        }
    }

    List<Delivery> reclaim(QueueName queue, int n, long leaseMillis) {
        List<Delivery> taken = new ArrayList<>();
        if (new Taking(call).paused(queue)) {
            return taken;
        }
        List<Lane> lanes = new ArrayList<>(List.of(Lane.suspect(queue)));
        for (Band band : Band.values()) {
            lanes.add(Lane.of(queue, band));
        }
        lanes.forEach(lane -> reclaim(lane, n, leaseMillis, taken));
        return taken;
    }

    private void reclaim(Lane lane, int n, long leaseMillis, List<Delivery> taken) {
        Group group = call.groupOf(NAMES.lane(lane));
        if (group == null) {
            return;
        }
        long lease = call.has(Flaw.EARLY_RECLAIM) ? leaseMillis / 2 : leaseMillis;
        for (Map.Entry<EntryId, Group.Given> one : group.idle(call.now, lease, null, n + BEYOND)) {
            if (taken.size() >= n) {
                return;
            }
            Group.Given given = one.getValue();
            boolean died = isGone(given.consumer());
            boolean forsaken = died || given.atMillis() <= call.now - 2 * leaseMillis || call.has(Flaw.EARLY_RECLAIM);
            if (!given.consumer().equals(call.consumer) && forsaken) {
                reclaim(lane, one.getKey(), given, died, taken);
            }
        }
    }

    private boolean isGone(String worker) {
        return call.data.text(key(worker), call.now) == null;
    }

    private static String key(String worker) {
        return NAMES.workerPrefix() + worker;
    }

    boolean register(FakeConnections.One own, List<QueueName> queues) {
        Long life = call.data.life(key(call.consumer), call.now);
        if (isGone(call.consumer) || life == null) {
            return false;
        }
        List<String> words = new ArrayList<>(List.of(call.epoch + "." + own.number()));
        queues.forEach(queue -> words.add(queue.value()));
        call.data.set(key(call.consumer), String.join(" ", words), call.now + life);
        call.redis.connections().register(own, call.epoch);
        return true;
    }

    Look look(FakeConnections.One own) {
        List<Registered> others = new ArrayList<>();
        for (String key : call.data.texts(NAMES.workerPrefix(), call.now)) {
            Connection connection = registered(key);
            if (connection != null && !key.equals(key(call.consumer))) {
                String worker = key.substring(NAMES.workerPrefix().length());
                boolean open = call.redis.connections().isOpen(connection.number());
                others.add(new Registered(worker, connection, open));
            }
        }
        return new Look(new Connection(Integer.parseInt(call.epoch), own.number()), others);
    }

    private @Nullable Connection registered(String key) {
        String says = call.data.text(key, call.now);
        if (says == null || says.indexOf('.') < 0) {
            return null;
        }
        String[] named = says.split(" ", 2)[0].split("\\.", 2);
        boolean believed = named[0].equals(call.epoch) || call.has(Flaw.CONNECTION_OF_ANY_EPOCH);
        return believed ? new Connection(Integer.parseInt(named[0]), Long.parseLong(named[1])) : null;
    }

    boolean lapse(Registered gone, FakeConnections.One by, long moment, long leaseMillis) {
        Connection still = registered(key(gone.worker()));
        if (still == null || (!still.equals(gone.connection()) && !call.has(Flaw.LAPSE_UNCOMPARED))) {
            return false;
        }
        for (QueueName queue : queuesOf(gone.worker())) {
            Arrays.stream(Band.values())
                    .forEach(band -> abandon(Lane.of(queue, band), gone.worker(), moment, leaseMillis));
            letGo(queue, gone.worker());
        }
        call.data.delete(key(gone.worker()));
        call.redis.lapsed(call.redis.connections().lapse(gone.worker(), by, call.epoch));
        return true;
    }

    void letGo(QueueName queue, String worker) {
        if (worker.equals(call.data.text(NAMES.suspectLock(queue), call.now))) {
            call.data.delete(NAMES.suspectLock(queue));
        }
    }

    private List<QueueName> queuesOf(String worker) {
        String says = Objects.requireNonNullElse(call.data.text(key(worker), call.now), "");
        return Arrays.stream(says.split(" ", -1)).skip(1).map(QueueName::new).toList();
    }

    private void abandon(Lane lane, String worker, long moment, long leaseMillis) {
        Group group = call.groupOf(NAMES.lane(lane));
        if (group != null) {
            group.idle(call.now, moment, worker, Integer.MAX_VALUE)
                    .forEach(held -> abandon(group, NAMES.lane(lane), held.getKey(), leaseMillis));
        }
    }

    /** Like XCLAIM, it drops what is pending and no longer there. */
    private void abandon(Group group, String lane, EntryId entry, long millis) {
        if (call.body(lane, entry) == null) {
            group.acknowledge(entry);
        } else {
            group.age(entry, call.now - millis);
        }
    }

    private void reclaim(Lane lane, EntryId entry, Group.Given given, boolean died, List<Delivery> taken) {
        String key = NAMES.lane(lane);
        List<String> flat = call.body(key, entry);
        Map<String, String> f = flat == null ? null : call.admit(key, entry, flat, given.delivery());
        if (flat == null) {
            call.remove(key, entry);
        }
        if (flat == null || f == null) {
            return;
        }
        long deaths = Call.number(f, "deaths") + (call.has(Flaw.DEATHS_UNCOUNTED) ? 0 : given.delivery());
        if (lane.isSuspect()) {
            settleSuspect(key, entry, flat, f, given, deaths, died);
        } else if (call.has(Flaw.PLAIN_POISON_COUNTER) && deaths > Call.MAX_DEATHS) {
            quarantine(key, entry, f, given, deaths);
        } else if (deaths >= Call.MAX_DEATHS && !call.has(Flaw.PLAIN_POISON_COUNTER)) {
            call.move(key, entry, flat, f, deaths, NAMES.lane(Lane.suspect(lane.queue())));
        } else if (call.isOfEarlierEpoch(f)) {
            call.move(key, entry, flat, f, deaths, key);
        } else {
            reclaimEntry(lane, entry, given, f, taken);
        }
    }

    private void reclaimEntry(
            Lane lane, EntryId entry, Group.Given given, Map<String, String> f, List<Delivery> taken) {
        Group group = call.groupOf(NAMES.lane(lane));
        if (group != null) {
            group.claim(entry, call.consumer, call.now, true);
            taken.add(EntryCodec.delivery(lane, entry, given.delivery() + 1, f));
        }
    }

    /** A suspect ran alone, so if its worker died, it did it. */
    private void settleSuspect(
            String key,
            EntryId entry,
            List<String> flat,
            Map<String, String> f,
            Group.Given given,
            long deaths,
            boolean died) {
        if (died) {
            quarantine(key, entry, f, given, deaths);
        } else {
            call.move(key, entry, flat, f, Call.number(f, "deaths"), key);
        }
    }

    private void quarantine(String key, EntryId entry, Map<String, String> f, Group.Given given, long deaths) {
        String message = "It outlived %d workers, the last one, %s, while it ran there alone."
                .formatted(deaths, given.consumer());
        List<String> error = List.of("errorType", JobError.QUARANTINED, "errorMessage", message);
        call.end(f, "FAILED", given.delivery(), error);
        call.remove(key, entry);
    }
}
