package dev.millrace.api.live.events;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Finds what a client missed: among the events that this instance keeps, and for those that were away longer on the
 * stream itself, where it looks at a bounded number of entries and for few clients at a time.
 */
public final class History {

    private static final Logger LOG = Logger.getLogger(History.class);
    private static final int SEARCHES = 2;
    private static final int PAGE = 1000;

    private final LiveEvents live;
    private final RedisLink link;
    private final String stream;
    private final int maxSearched;
    private final Semaphore searches = new Semaphore(SEARCHES);

    public History(LiveEvents live, RedisLink link, String stream, int maxSearched) {
        this.live = live;
        this.link = link;
        this.stream = stream;
        this.maxSearched = maxSearched;
    }

    /** Events of a job with {@code after < id <= upTo}; empty when it cannot be said which they were. */
    public Optional<List<LiveEvent>> missed(JobId job, EntryId after, EntryId upTo) throws InterruptedException {
        return missed(event -> event.job().equals(job), after, upTo);
    }

    /** Events of all jobs, likewise. */
    public Optional<List<LiveEvent>> missed(EntryId after, EntryId upTo) throws InterruptedException {
        return missed(event -> true, after, upTo);
    }

    /** Whether this is an entry of the stream. */
    public boolean knows(EntryId entry) throws InterruptedException {
        searches.acquire();
        try {
            return isStillThere(entry);
        } catch (StreamsUnavailable away) {
            LOG.debugf(away, "Whether there is an entry %s cannot be found now; the client restarts.", entry);
            return false;
        } finally {
            searches.release();
        }
    }

    private Optional<List<LiveEvent>> missed(Predicate<LiveEvent> wanted, EntryId after, EntryId upTo)
            throws InterruptedException {
        if (after.compareTo(upTo) > 0) {
            return Optional.empty();
        }
        Optional<LiveEvents.Stretch> kept = live.stretch(after, Integer.MAX_VALUE);
        return kept.isPresent() ? Optional.of(upTo(kept.get().events(), wanted, upTo)) : searched(wanted, after, upTo);
    }

    private static List<LiveEvent> upTo(List<LiveEvent> events, Predicate<LiveEvent> wanted, EntryId upTo) {
        return events.stream()
                .takeWhile(event -> event.id().compareTo(upTo) <= 0)
                .filter(wanted)
                .toList();
    }

    private Optional<List<LiveEvent>> searched(Predicate<LiveEvent> wanted, EntryId after, EntryId upTo)
            throws InterruptedException {
        searches.acquire();
        try {
            return isStillThere(after) ? search(wanted, after, upTo) : Optional.empty();
        } catch (StreamsUnavailable away) {
            LOG.debugf(away, "A client's missed events cannot be found now; it restarts.");
            return Optional.empty();
        } finally {
            searches.release();
        }
    }

    /** The stream is only trimmed from its start: while an entry is there, so are all behind it. */
    private boolean isStillThere(EntryId entry) {
        return !entry.equals(EntryId.ZERO)
                && !Tail.range(link, stream, entry.previous(), entry, 1).isEmpty();
    }

    private Optional<List<LiveEvent>> search(Predicate<LiveEvent> wanted, EntryId after, EntryId upTo) {
        List<LiveEvent> found = new ArrayList<>();
        EntryId place = after;
        for (int seen = 0; seen < maxSearched; seen += PAGE) {
            List<StreamEntry> page = Tail.range(link, stream, place, upTo, PAGE);
            page.stream()
                    .map(LiveEvent::of)
                    .flatMap(Optional::stream)
                    .filter(wanted)
                    .forEach(found::add);
            if (page.size() < PAGE) {
                return Optional.of(found);
            }
            place = page.getLast().id();
        }
        return Optional.empty();
    }
}
