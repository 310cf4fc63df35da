package dev.millrace.proving.chaos.load;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** What clients know of the jobs that they submitted. Safe for use by several threads. */
public final class Submits {

    private final Map<Long, Accepted> accepted = new ConcurrentHashMap<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Set<Long> givenUp = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong slowestRefusal = new AtomicLong();
    private volatile BiConsumer<Long, String> whenAccepted = (number, job) -> {};

    /** Is told of each job once it is accepted, on the thread of its client; before anything is submitted. */
    public void whenAccepted(BiConsumer<Long, String> told) {
        whenAccepted = told;
    }

    /** A job, when its client called first, and when it was answered, in milliseconds since 1970. */
    public record Accepted(String job, long at, long done) {}

    /** Something that was accepted has made this job, as its client has asked for by that number. */
    public void made(long number, String job, long at, long done) {
        accepted(number, new Accepted(job, at, done));
    }

    void accepted(long number, Accepted now) {
        String job = now.job();
        Accepted before = accepted.putIfAbsent(number, now);
        if (before == null) {
            whenAccepted.accept(number, job);
        }
        if (before != null && !before.job().equals(job)) {
            refused.add(
                    "Number " + number + " was accepted as " + before.job() + " and, by the same key, as " + job + ".");
        }
    }

    void refused(String why) {
        refused.add(why);
    }

    void repeated() {
        repeated.incrementAndGet();
    }

    void unavailable(Duration after) {
        refusals.incrementAndGet();
        slowestRefusal.accumulateAndGet(after.toMillis(), Math::max);
    }

    void givenUp(long number) {
        givenUp.add(number);
    }

    /** The job of each number that was accepted. */
    public Map<Long, Accepted> accepted() {
        return Map.copyOf(accepted);
    }

    public int count() {
        return accepted.size();
    }

    /** Answers that no client should get. */
    public Queue<String> refused() {
        return refused;
    }

    /** Calls whose outcome was not known, each of which was repeated by its key. */
    public int repeatedCalls() {
        return repeated.get();
    }

    /** Numbers whose calls were repeated for minutes and never answered: they may be accepted or not. */
    public Set<Long> givenUp() {
        return Set.copyOf(givenUp);
    }

    /** How often the answer was 503. */
    public int unavailableCalls() {
        return refusals.get();
    }

    /** The longest wait for a 503. */
    public Duration slowestUnavailable() {
        return Duration.ofMillis(slowestRefusal.get());
    }
}
