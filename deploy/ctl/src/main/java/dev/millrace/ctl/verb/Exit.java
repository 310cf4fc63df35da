package dev.millrace.ctl.verb;

import java.util.Comparator;
import java.util.List;

/** How a command ended: its exit status. Scripts decide by it, so that a number never changes its meaning. */
public enum Exit {
    DONE(0, "done"),
    REFUSED(1, "the server refused it, or a check found something wrong"),
    USAGE(2, "the command line, the environment or the profile cannot be used; nothing was asked"),
    NOT_REACHED(3, "no answer, or one that says 'not available now'; repeat it later"),
    ENDED_BADLY(4, "the job ended, and not as SUCCEEDED"),
    NOT_ENDED(5, "the job has not ended in the time that was given"),
    NO_REPLY(6, "the server is there, and the worker did not reply"),
    FAULT(70, "a fault of this program");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** The one that stands for all: that with the greatest number. */
    public static Exit worst(List<Exit> all) {
        return all.stream().max(Comparator.comparingInt(Exit::code)).orElse(DONE);
    }
}
