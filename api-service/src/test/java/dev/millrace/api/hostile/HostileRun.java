package dev.millrace.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Malformed requests and what a service made of them, in whichever form it runs.
 *
 * @param answered how many requests were answered, if need be with a closed connection
 * @param wrong each answer that the contract does not prescribe, with its request
 * @param table how many of each kind got which status
 */
public record HostileRun(int answered, List<String> wrong, String table) {

    private static final int CLIENTS = 4;
    private static final long SEED = 20_260_131;

    /** Sends the same requests each time: every error of the protocol, then so many in all as chance makes them. */
    public static HostileRun of(int requests, int port) throws Exception {
        HostileRequests made = new HostileRequests(new SplittableRandom(SEED));
        List<HostileRequest> all = Stream.concat(ProtocolErrors.all().stream(), Stream.generate(made::next))
                .limit(requests)
                .toList();
        StatusTable table = new StatusTable();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        sendAll(port, all, table, wrong);
        return new HostileRun(table.count(), List.copyOf(wrong), table.toString());
    }

    private static void sendAll(
            int port, List<HostileRequest> all, StatusTable table, ConcurrentLinkedQueue<String> wrong)
            throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> shares = new ArrayList<>();
            for (int share = 0; share < CLIENTS; share++) {
                int first = share;
                shares.add(() -> send(port, all, first, table, wrong));
            }
            for (Future<Void> done : clients.invokeAll(shares)) {
                done.get();
            }
        }
    }

    private static Void send(
            int port, List<HostileRequest> all, int first, StatusTable table, ConcurrentLinkedQueue<String> wrong)
            throws IOException {
        try (HostileClient client = new HostileClient(port)) {
            for (int i = first; i < all.size(); i += CLIENTS) {
                Answer answer = answer(client, all.get(i));
                table.add(all.get(i).kind(), answer.status());
                check(all.get(i), answer, wrong);
            }
        }
        return null;
    }

    /** A busy machine may keep PostgreSQL from answering in time: that is told with a 503, and asked again. */
    private static Answer answer(HostileClient client, HostileRequest request) throws IOException {
        Answer answer = client.exchange(request);
        for (int again = 0; answer.status() == 503 && again < 10; again++) {
            answer = client.exchange(request);
        }
        return answer;
    }

    private static void check(HostileRequest request, Answer answer, ConcurrentLinkedQueue<String> wrong) {
        try {
            assertThat(answer.status()).isIn(request.statuses());
            if (!request.bare()) {
                answer.requireKept();
            }
        } catch (AssertionError broken) {
            wrong.add(request + "\n=> " + answer + "\n" + broken.getMessage());
        }
    }
}
