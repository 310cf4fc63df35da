package dev.millrace.stream;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a stand-in for Redis shares with the real way there: how jobs lie on lanes. */
public final class LaneEntries {

    private LaneEntries() {}

    /** Names and values in turn, without epoch and run. */
    public static List<String> fields(Job job) {
        return EntryCodec.fields(job);
    }

    public static Delivery delivery(Lane lane, EntryId entry, int delivery, Map<String, String> fields) {
        return EntryCodec.delivery(lane, entry, delivery, fields);
    }

    public static long ceiling(Instant due) {
        return EntryCodec.ceiling(due);
    }

    public static void checkBatch(List<?> items) {
        Batch.check(items);
    }

    /** The bands of a queue in order, then its suspect lane. */
    public static List<Lane> lanesOf(QueueName queue) {
        return LaneReader.lanesOf(queue);
    }
}
