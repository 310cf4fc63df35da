package dev.millrace.testkit;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tests see of the streams behind their functions, and the faults that they inject there. */
public interface Probe {

    /** An entry of a pending list. */
    record Pending(EntryId entry, String consumer, int delivery) {}

    /**
     * A job's live marker.
     *
     * @param entry null if its place has none
     * @param life how long it still lives; null if it does not expire
     */
    record Marker(
            int epoch,
            long run,
            String place,
            @Nullable EntryId entry,
            boolean flagged,
            @Nullable Duration life) {

        public boolean ended() {
            return place.equals("E");
        }
    }

    List<EntryId> entries(Lane lane);

    List<Pending> pending(Lane lane);

    /** The entry that was given to a worker last; {@code 0-0} if none was. */
    EntryId lastDelivered(Lane lane);

    @Nullable
    Marker marker(JobId job);

    /** All events so far, oldest first. */
    List<Decoded> events();

    /** The events of one job, oldest first. */
    default List<JobEvent> eventsOf(JobId job) {
        return events().stream()
                .filter(Decoded.Event.class::isInstance)
                .map(decoded -> ((Decoded.Event) decoded).event())
                .filter(event -> event.job().equals(job))
                .toList();
    }

    /** What waits for a time and is not held, oldest first. */
    List<EntryId> delays();

    /** What schedulers were given of it and have not held. */
    List<Pending> delaysPending();

    /** The entry of the delays that was given to a scheduler last; {@code 0-0} if none was. */
    EntryId lastDelayed();

    Map<String, String> delay(EntryId entry);

    /** Someone else writes to the delays, whatever its fields. */
    EntryId putDelay(Map<String, String> fields);

    void removeDelay(EntryId entry);

    /** Takes an entry off the list of what schedulers were given, but not off the delays. */
    void acknowledgeDelay(EntryId entry);

    /** What is held, and until when. */
    Map<JobId, Instant> timers();

    /** The jobs of which fields are held. */
    Set<JobId> timerJobs();

    /** Lets a timer be due at another time. */
    void setTimer(JobId job, Instant due);

    /** The fields that a timer keeps, as text. */
    String timerJob(JobId job);

    /** Lets the fields that a timer keeps be this text. */
    void setTimerJob(JobId job, String text);

    void removeTimer(JobId job);

    void removeTimerJob(JobId job);

    /** Makes a pending entry look untouched for so long. */
    void age(Lane lane, EntryId entry, Duration idle);

    /** A worker's lease runs out. */
    void gone(String consumer);

    /** Someone asks for the job's cancel while it is delivered. */
    void flag(JobId job);

    /** Someone else writes an entry, whatever its fields. */
    EntryId put(Lane lane, Map<String, String> fields);

    /** The fields of an entry by the names that it has where it is not lean. */
    Map<String, String> fields(Lane lane, EntryId entry);

    void removeEntry(Lane lane, EntryId entry);

    /** Takes an entry off the pending list, but not off its lane. */
    void acknowledge(Lane lane, EntryId entry);

    void removeGroup(Lane lane);

    void removeMarker(JobId job);

    /** Sets a job's marker to this text. */
    void setMarker(JobId job, String text);

    /** All data are lost; the server goes on. */
    void loseAll();

    /** Lets a lane hold so many entries of no job. */
    void fill(Lane lane, int entries);
}
