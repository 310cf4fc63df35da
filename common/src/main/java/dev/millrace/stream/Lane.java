package dev.millrace.stream;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;

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

    public boolean isSuspect() {
        return label.equals(SUSPECT);
    }
}
