package dev.millrace.bench.submit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the jobs that do nothing are like.
 *
 * @param payloadBytes how large the payload of each is, as JSON
 * @param queues over how many queues they are spread, in turn
 */
public record Shape(int payloadBytes, int queues) {

    /** 200 bytes on one queue. */
    public static final Shape USUAL = new Shape(200, 1);

    private static final String FRAME = "{\"to\":\"user@example.com\",\"body\":\"\"}";
    private static final int MOST_BYTES_PER_CALL = 8 << 20;

    /** What surrounds a payload in a call, more or less. */
    private static final int AROUND = 100;

    public Shape {
        if (payloadBytes < FRAME.length() || queues < 1) {
            throw new IllegalArgumentException(
                    "A payload has " + FRAME.length() + " bytes at least, and there is a queue.");
        }
    }

    /** The queues by name; the first is that of the tasks themselves. */
    public List<String> queueNames() {
        return IntStream.rangeClosed(1, queues)
                .mapToObj(number -> number == 1 ? "bench" : "bench-" + number)
                .toList();
    }

    /** One of the jobs. */
    public String job(long number) {
        String queue = queueNames().get((int) (number % queues));
        return "{\"task\":\"bench.noop\",\"queue\":\"" + queue + "\",\"payload\":" + payload() + "}";
    }

    /** How many of them one call may hold. */
    int jobsPerCall() {
        return Math.clamp(MOST_BYTES_PER_CALL / (payloadBytes + AROUND), 1, Submitter.BULK);
    }

    private String payload() {
        int letters = payloadBytes - FRAME.length();
        return FRAME.substring(0, FRAME.length() - 2) + "x".repeat(letters) + "\"}";
    }
}
