package dev.millrace.job;

/** The name of a task: 1 to 128 characters of {@code A-Za-z0-9._:-}. */
public record TaskName(String value) implements Comparable<TaskName> {

    public TaskName {
        Names.check("task", value);
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
