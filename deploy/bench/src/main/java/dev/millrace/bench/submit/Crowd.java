package dev.millrace.bench.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Clients that share work, each a thread that does the next piece when it is done with one.
 *
 * @param clients at least 1; one alone does the pieces in order
 */
record Crowd(int clients) {

    static Crowd of(int clients) {
        return new Crowd(clients);
    }

    /** Does pieces 0 to {@code pieces - 1}; the first that fails ends it, when those in hand are done. */
    void share(long pieces, LongConsumer work) {
        AtomicLong next = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                all.add(CompletableFuture.runAsync(() -> work(next, pieces, work), threads));
            }
            join(all);
        }
    }

    private static void work(AtomicLong next, long pieces, LongConsumer work) {
        try {
            for (long piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                work.accept(piece);
            }
        } catch (RuntimeException e) {
            next.set(pieces);
            throw e;
        }
    }

    private static void join(List<CompletableFuture<Void>> all) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
