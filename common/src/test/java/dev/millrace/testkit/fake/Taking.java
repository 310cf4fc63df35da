package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Taking.Admit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How jobs come from their lanes into a worker's hands. */
final class Taking {

    private static final int MAX_READ = 500;
    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final Call call;

    /** An entry as it was read, possibly not readable as a job. */
    record Raw(Lane lane, EntryId entry, int delivery, List<String> flat) {}

    Taking(Call call) {
        this.call = call;
    }

    boolean paused(QueueName queue) {
        return call.data.text(NAMES.paused(queue), call.now) != null;
    }

    List<Delivery> take(QueueName queue, List<Lane> lanes, int n) {
        List<Delivery> taken = new ArrayList<>();
        int looked = 0;
        for (Lane lane : paused(queue) ? List.<Lane>of() : lanes) {
            int read = -1;
            while (read != 0 && taken.size() < n && looked < MAX_READ) {
                List<EntryId> entries = call.readNew(NAMES.lane(lane), n - taken.size());
                read = entries.size();
                looked += read;
                entries.forEach(entry -> admit(lane, entry, taken));
            }
        }
        return taken;
    }

    private void admit(Lane lane, EntryId entry, List<Delivery> taken) {
        List<String> flat = call.body(NAMES.lane(lane), entry);
        Map<String, String> f = flat == null ? null : call.admit(NAMES.lane(lane), entry, flat, 1);
        if (flat == null || f == null) {
            return;
        }
        if (call.isOfEarlierEpoch(f)) {
            call.move(NAMES.lane(lane), entry, flat, f, Call.number(f, "deaths"), NAMES.lane(lane));
        } else {
            taken.add(EntryCodec.delivery(lane, entry, 1, f));
        }
    }

    /** Up to {@code n} new entries of each band of the queues; where a group is missing, only that is mended. */
    List<Raw> read(List<QueueName> queues, int n) {
        List<Lane> lanes = queues.stream()
                .flatMap(queue -> Lane.all(queue).stream())
                .filter(lane -> !lane.isSuspect())
                .toList();
        List<Lane> without = lanes.stream()
                .filter(lane -> call.groupOf(NAMES.lane(lane)) == null)
                .toList();
        without.forEach(lane ->
                call.data.made(NAMES.lane(lane)).makeGroup(StreamNames.WORKERS, call.has(Flaw.GROUP_AT_THE_END)));
        return without.isEmpty() ? lanes.stream().flatMap(lane -> read(lane, n)).toList() : List.of();
    }

    private java.util.stream.Stream<Raw> read(Lane lane, int n) {
        String key = NAMES.lane(lane);
        return call.readNew(key, n).stream().map(entry -> new Raw(lane, entry, 1, bodyOrNothing(key, entry)));
    }

    /** What is pending for this consumer, idle, and not among the known. */
    List<Raw> strays(QueueName queue, java.util.function.Predicate<Raw> unknown, long idleMillis, int most) {
        List<Raw> strays = new ArrayList<>();
        for (Lane lane : Lane.all(queue)) {
            String key = NAMES.lane(lane);
            Group group = call.groupOf(key);
            if (group != null) {
                group.idle(call.now, idleMillis, call.consumer, Integer.MAX_VALUE).stream()
                        .map(one -> new Raw(
                                lane, one.getKey(), one.getValue().delivery(), bodyOrNothing(key, one.getKey())))
                        .filter(raw -> strays.size() < most && unknown.test(raw))
                        .forEach(strays::add);
            }
        }
        return strays;
    }

    private List<String> bodyOrNothing(String lane, EntryId entry) {
        List<String> flat = call.body(lane, entry);
        return flat == null ? List.of() : flat;
    }

    Admit start(Lane lane, EntryId entry, int delivery, Lane target) {
        String key = NAMES.lane(lane);
        if (!call.holds(key, entry, delivery)) {
            return Admit.FENCED;
        }
        List<String> flat = call.body(key, entry);
        if (flat == null) {
            call.remove(key, entry);
            return Admit.DROPPED;
        }
        Map<String, String> f = call.admit(key, entry, flat, delivery);
        if (f == null) {
            return Admit.DROPPED;
        }
        return begin(lane, entry, delivery, flat, f, target);
    }

    private Admit begin(Lane lane, EntryId entry, int delivery, List<String> flat, Map<String, String> f, Lane target) {
        if (paused(lane.queue()) || call.isOfEarlierEpoch(f)) {
            long deaths = Call.number(f, "deaths") + delivery - 1;
            call.move(NAMES.lane(lane), entry, flat, f, deaths, NAMES.lane(target));
            return Admit.DROPPED;
        }
        return Admit.GO;
    }

    /** Where what was read goes back to: a suspect, or one without a proper band, stays where it lies. */
    static Lane target(Raw raw) {
        String band = Call.field(Call.parse(raw.flat()), "band");
        return Lane.all(raw.lane().queue()).stream()
                .filter(one -> !raw.lane().isSuspect() && one.label().equals(band))
                .findFirst()
                .orElse(raw.lane());
    }
}
