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
import dev.millrace.stream.jobs.Leasing.Renewal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a worker keeps what it holds, and what becomes of it when the worker dies. */
final class Leasing {

    private static final int BEYOND = 100;
    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final Call call;

    Leasing(Call call) {
        this.call = call;
    }

    Renewal renew(long leaseMillis, List<Delivery> entries) {
        call.data.set(NAMES.workerPrefix() + call.consumer, "1", call.now + leaseMillis);
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
        return call.data.text(NAMES.workerPrefix() + worker, call.now) == null;
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
