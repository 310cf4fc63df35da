package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a job ends that is not wanted any more, wherever it is. */
final class Cancelling {

    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final Call call;

    Cancelling(Call call) {
        this.call = call;
    }

    Cancellation cancel(Cancel cancel) {
        return cancel(cancel, false);
    }

    Cancellation purge(Cancel cancel) {
        return cancel(cancel, true);
    }

    private Cancellation cancel(Cancel cancel, boolean letHeld) {
        String job = cancel.job().toString();
        Mark mark = Mark.parse(call.marker(job));
        if (mark != null && mark.ended() && mark.runNumber() >= cancel.run()) {
            return Cancellation.ENDED;
        }
        String lane = mark == null ? null : lane(cancel.queue(), mark.place());
        if (mark != null && lane != null && isDelivered(lane, mark)) {
            return letHeld ? Cancellation.HELD : ask(cancel, mark);
        }
        List<String> flat = mark == null ? null : takenBack(job, mark, lane);
        if (mark != null && flat != null) {
            end(job, cancel.reason(), mark, flat);
            return Cancellation.CANCELLED;
        }
        long last = mark == null ? cancel.run() : Math.max(cancel.run(), mark.runNumber());
        String text = call.epoch + "." + last + "|E|0|";
        call.data.set(NAMES.markerPrefix() + job, text, call.now + Call.MARKER_TTL_MILLIS);
        return Cancellation.NONE;
    }

    private static @Nullable String lane(QueueName queue, String place) {
        if (place.equals("d")) {
            return NAMES.delays();
        }
        return Lane.all(queue).stream()
                .map(NAMES::lane)
                .filter(lane -> Call.placeOf(lane).equals(place))
                .findFirst()
                .orElse(null);
    }

    private boolean isDelivered(String lane, Mark mark) {
        return !mark.place().equals("d") && call.pending(lane, EntryId.parse(mark.entry())) != null;
    }

    private Cancellation ask(Cancel cancel, Mark mark) {
        if (cancel.reason() == JobState.EXPIRED) {
            return Cancellation.HELD;
        }
        if (!mark.flagged() && !call.has(Flaw.FORGOTTEN_FLAG)) {
            String key = NAMES.markerPrefix() + cancel.job();
            call.data.set(key, call.marker(cancel.job().toString()) + "C");
        }
        return Cancellation.FLAGGED;
    }

    /** The fields of a job that no worker was given, taken from where it was; null if it is not there. */
    private @Nullable List<String> takenBack(String job, Mark mark, @Nullable String lane) {
        if (mark.place().equals("t")) {
            String text = call.data.timerTexts().get(job);
            call.data.dropTimer(job);
            List<String> flat = text == null ? null : Json.flat(text);
            return text != null && flat == null ? List.of() : flat;
        }
        if (lane == null) {
            return null;
        }
        EntryId entry = EntryId.parse(mark.entry());
        List<String> flat = call.body(lane, entry);
        call.remove(lane, mark.place().equals("d") ? StreamNames.SCHEDULER : call.group, entry);
        return flat;
    }

    private void end(String job, JobState reason, Mark mark, List<String> flat) {
        Map<String, String> f = Call.parse(flat);
        String attempt = Defects.isNumber(f.get("attempt"), 1, Integer.MAX_VALUE) ? Call.field(f, "attempt") : "1";
        call.end(job, reason.name(), mark.epoch(), mark.run(), 0, attempt, List.of());
    }
}
