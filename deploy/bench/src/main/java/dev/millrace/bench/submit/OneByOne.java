package dev.millrace.bench.submit;

import dev.millrace.local.run.ShownToken;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/** Clients that each have a connection of their own, and submit one job after the other. */
final class OneByOne {

    private static final String JOBS = "/api/v1/jobs";
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;
    private static final int REPETITIONS = 10;

    private final URI api;
    private final ShownToken token;
    private final int clients;
    private final LongFunction<String> body;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();

    OneByOne(URI api, ShownToken token, int clients, LongFunction<String> body) {
        this.api = api;
        this.token = token;
        this.clients = clients;
        this.body = body;
    }

    /** Submits jobs 0, 1, 2 and so on as long as their number may go; returns how many were accepted, when all are answered. */
    long submit(LongPredicate wanted) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            // A thread of the system's: it is woken by its answer itself.
            all.add(CompletableFuture.runAsync(
                    () -> client(wanted),
                    task -> Thread.ofPlatform().daemon().name("client").start(task)));
        }
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return accepted.get();
    }

    private void client(LongPredicate wanted) {
        try (Wire wire = Wire.to(api, token)) {
            for (long number = next.getAndIncrement(); go(wanted, number); number = next.getAndIncrement()) {
                one(wire, body.apply(number));
            }
        } catch (RuntimeException e) {
            failed.set(true);
            throw e;
        }
    }

    private boolean go(LongPredicate wanted, long number) {
        return !failed.get() && wanted.test(number);
    }

    // An api that is overrun says 503 after two seconds. The job may then be there twice, which only costs.
    private void one(Wire wire, String job) {
        Wire.Answer answer = wire.post(JOBS, "", job);
        for (int again = 0; again < REPETITIONS && answer.status() == UNAVAILABLE; again++) {
            answer = wire.post(JOBS, "", job);
        }
        if (answer.status() != ACCEPTED) {
            throw new IllegalStateException("POST " + JOBS + " answered " + answer.status() + ": " + answer.body());
        }
        accepted.incrementAndGet();
    }
}
