package dev.millrace.job;

import dev.millrace.names.Names;

/** The name of a queue: 1 to 128 characters of {@code A-Za-z0-9._:-}. */
public record QueueName(String value) implements Comparable<QueueName> {

    public QueueName {
        Names.check("A queue's name", value);
    }

    @Override
    public int compareTo(QueueName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
