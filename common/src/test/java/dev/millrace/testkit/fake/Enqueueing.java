package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.JobFields;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How jobs come onto their lanes, once. */
final class Enqueueing {

    private static final long LATE_AFTER_MILLIS = 10_000;
    private static final long EARLY_BY_MILLIS = 1_000;
    private static final int WINDOW = 100_000;
    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final Call call;

    Enqueueing(Call call) {
        this.call = call;
    }

    List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs) {
        long at = asOf.toEpochMilli();
        if (at < call.now - LATE_AFTER_MILLIS || at > call.now + EARLY_BY_MILLIS) {
            return Collections.nCopies(jobs.size(), Admission.LATE);
        }
        return jobs.stream().map(job -> enqueue(mode, job)).toList();
    }

    private Admission enqueue(Mode mode, Job job) {
        String lane = NAMES.lane(Lane.of(job.queue(), job.band()));
        Instant due = job.due();
        boolean waits = due != null && EntryCodec.ceiling(due) > call.now;
        Mark mark = Mark.parse(call.marker(job.id().toString()));
        Admission admission = admission(mode, job, mark, lane);
        if (admission == Admission.OK && !waits && length(lane) >= WINDOW) {
            return Admission.FULL;
        }
        if (admission == Admission.OK) {
            put(job, waits ? NAMES.delays() : lane, run(job, mark), waits);
        }
        return admission;
    }

    private Admission admission(Mode mode, Job job, @Nullable Mark mark, String lane) {
        if (mark == null) {
            return Admission.OK;
        }
        if (mark.ended()) {
            long known = mode == Mode.RECONCILE ? job.run() - 1 : job.run();
            return mark.runNumber() >= known ? Admission.ENDED : Admission.OK;
        }
        if (call.has(Flaw.ENQUEUE_TWICE)) {
            return Admission.OK;
        }
        return mode != Mode.RECONCILE || reachesWorker(job, mark, lane) ? Admission.DUPLICATE : Admission.OK;
    }

    private static long run(Job job, @Nullable Mark mark) {
        return mark == null || mark.ended() ? job.run() : Math.max(job.run(), mark.runNumber() + 1);
    }

    private void put(Job job, String to, long run, boolean waits) {
        List<String> flat = new ArrayList<>(List.of("epoch", call.epoch, "run", Long.toString(run)));
        flat.addAll(JobFields.named(job));
        EntryId entry = call.data.made(to).add(call.now, flat);
        String id = job.id().toString();
        call.mark(id, call.epoch, Long.toString(run), Call.placeOf(to), entry.toString());
        if (run != 1 && !waits) {
            String attempt = Integer.toString(job.attempt());
            call.event(id, "QUEUED", call.epoch, Long.toString(run), 0, attempt, List.of());
        }
    }

    /** Whether the job of a live marker will still reach a worker; if not, what is left of it is removed. */
    private boolean reachesWorker(Job job, Mark mark, String lane) {
        if (mark.place().equals("t")) {
            return isHeld(job.id().toString());
        }
        boolean delayed = mark.place().equals("d");
        String where =
                delayed ? NAMES.delays() : mark.place().equals("s") ? NAMES.lane(Lane.suspect(job.queue())) : lane;
        String group = delayed ? StreamNames.SCHEDULER : call.group;
        EntryId entry = EntryId.parse(mark.entry());
        if (isReachable(where, group, entry)) {
            return true;
        }
        call.remove(where, group, entry);
        return false;
    }

    private boolean isHeld(String job) {
        Map<String, Long> times = call.data.times();
        if (times.containsKey(job) && call.data.timerTexts().containsKey(job)) {
            return true;
        }
        call.data.dropTimer(job);
        return false;
    }

    /** Whether an entry is there and will still be given to someone. */
    private boolean isReachable(String lane, String name, EntryId entry) {
        Group group = call.groupOf(lane, name);
        EntryId last = group == null ? EntryId.ZERO : group.last();
        boolean given = group != null && group.given(entry) != null;
        return call.body(lane, entry) != null && (given || entry.compareTo(last) > 0);
    }

    private int length(String lane) {
        Stream stream = call.data.stream(lane);
        return stream == null ? 0 : stream.length();
    }
}
