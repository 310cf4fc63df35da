package dev.millrace.stream.entries;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.List;

/**
 * One stream of a queue: a band, or the suspect lane, where jobs go whose workers died twice.
 *
 * @param label the band's label, or {@code suspect}
 */
public record Lane(QueueName queue, String label) {

    private static final String SUSPECT = "suspect";

    public static Lane of(QueueName queue, Band band) {
        return new Lane(queue, band.label());
    }

    public static Lane suspect(QueueName queue) {
        return new Lane(queue, SUSPECT);
    }

    /** The bands of a queue in order, then its suspect lane. */
    public static List<Lane> all(QueueName queue) {
        List<Lane> lanes = new ArrayList<>();
        for (Band band : Band.values()) {
            lanes.add(of(queue, band));
        }
        lanes.add(suspect(queue));
        return lanes;
    }

    public boolean isSuspect() {
        return label.equals(SUSPECT);
    }
}
