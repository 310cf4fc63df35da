package dev.millrace.job;

import dev.millrace.names.Names;

/** The name of a task: 1 to 128 characters of {@code A-Za-z0-9._:-}. */
public record TaskName(String value) implements Comparable<TaskName> {

    public TaskName {
        Names.check("A task's name", value);
    }

    @Override
    public int compareTo(TaskName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
