package dev.millrace.api.http.access;

import java.util.Arrays;
import java.util.Locale;

/** What a caller may do; each role may all that those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Submits jobs and cancels them. */
    SUBMITTER,
    /** Looks after what runs: retries, dead letters, schedules. */
    OPERATOR,
    /** Gives and takes tokens. */
    ADMIN;

    /**
     * The role of this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role ofLabel(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no such role."));
    }

    /** In lower case, as clients and the record have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean mayWhatNeeds(Role least) {
        return compareTo(least) >= 0;
    }
}
