package dev.millrace.api.hostile;

import dev.millrace.api.contract.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What a service made of such requests.
 *
 * @param answered how many of them were answered
 * @param wrong each answer that failed, that the contract does not have, or that told what its caller must not know
 * @param table how many of each kind got which status
 */
public record FuzzRun(int answered, List<String> wrong, String table) {

    private static final int CLIENTS = 16;
    private static final long SEED = 20_260_401;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    /**
     * Sends them.
     *
     * @param callers lines of a header; empty for nobody
     * @param traces of another tenant than that of any caller: requests ask for them, and no answer may tell of one that its request did not name
     */
    public static FuzzRun of(int requests, int port, List<String> callers, List<String> traces) throws Exception {
        FuzzRequests made = new FuzzRequests(new SplittableRandom(SEED), callers, traces.subList(1, traces.size()));
        List<HostileRequest> all = Stream.generate(made::next).limit(requests).toList();
        List<String> secrets = traces.stream()
                .filter(trace -> all.stream().noneMatch(one -> makes(one, trace)))
                .toList();
        StatusTable table = new StatusTable();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> shares = new ArrayList<>();
            for (int share = 0; share < CLIENTS; share++) {
                int first = share;
                shares.add(() -> send(port, all, first, secrets, table, wrong));
            }
            for (Future<Void> done : clients.invokeAll(shares)) {
                done.get();
            }
        }
        return new FuzzRun(table.count(), List.copyOf(wrong), table.toString());
    }

    private static Void send(
            int port,
            List<HostileRequest> all,
            int first,
            List<String> traces,
            StatusTable table,
            ConcurrentLinkedQueue<String> wrong)
            throws IOException {
        try (HostileClient client = new HostileClient(port)) {
            for (int i = first; i < all.size(); i += CLIENTS) {
                HostileRequest request = all.get(i);
                Answer answer = client.exchange(request);
                // A busy machine may keep PostgreSQL from answering in time.
                for (int again = 0; answer.status() == UNAVAILABLE && again < 10; again++) {
                    answer = client.exchange(request);
                }
                table.add(who(request), answer.status());
                check(request, answer, traces, wrong);
            }
        }
        return null;
    }

    /** Callers may have something of their own under a name that they heard. */
    private static boolean makes(HostileRequest request, String name) {
        return request.method().equals("PUT") && request.path().contains(name);
    }

    private static String who(HostileRequest request) {
        return request.head().contains("Authorization: Bearer ey")
                ? "issued"
                : request.head().contains("Authorization: Bearer mr_") ? "token" : "nobody";
    }

    private static void check(
            HostileRequest request, Answer answer, List<String> traces, ConcurrentLinkedQueue<String> wrong) {
        try {
            if (answer.status() >= FAILED || answer.status() == HostileRequest.CLOSED) {
                throw new AssertionError("It failed.");
            }
            if (!request.method().equals("OPTIONS")) {
                answer.requireKept();
            }
            boolean audit = request.path().equals("/api/v1/audit");
            String told = answer.body();
            traces.stream()
                    .filter(trace -> told.contains(trace))
                    // What a caller has asked for stands in its problem, and in its own audit.
                    .filter(trace -> !(request.head() + request.body()).contains(trace)
                            && !(audit && !trace.equals(traces.getFirst())))
                    .findFirst()
                    .ifPresent(trace -> {
                        throw new AssertionError("It tells of " + trace);
                    });
        } catch (AssertionError broken) {
            wrong.add(request + "\n=> " + answer + "\n" + broken.getMessage());
        }
    }
}
