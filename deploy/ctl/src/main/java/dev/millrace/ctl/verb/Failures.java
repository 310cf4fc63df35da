package dev.millrace.ctl.verb;

import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.NotOffered;
import dev.millrace.ctl.server.NotReached;
import dev.millrace.ctl.server.Refused;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Output;

/** Tells what went wrong, never with a stack trace, and which exit status that is. */
public final class Failures {

    private static final int UNAVAILABLE = 503;
    private static final int NO_REPLY = 504;

    private final Output out;

    public Failures(Output out) {
        this.out = out;
    }

    /** Tells it: to people on standard error; where JSON is wanted, a problem document as it came. */
    public Exit tell(RuntimeException failure) {
        return switch (failure) {
            case Refused refused -> refused(refused);
            case NotOffered older -> told(older.sentence(), Exit.REFUSED);
            case NotReached away -> told(away.sentence(), Exit.NOT_REACHED);
            case Unusable wrong -> told(wrong.sentence(), Exit.USAGE);
            default -> told("A fault of this program: " + what(failure) + ".", Exit.FAULT);
        };
    }

    private Exit refused(Refused refused) {
        if (out.json() && !refused.problem().type().isEmpty()) {
            out.body(refused.answer().body());
        } else {
            refused.problem().lines().forEach(out::note);
            again(refused.answer());
        }
        return switch (refused.answer().status()) {
            case UNAVAILABLE -> Exit.NOT_REACHED;
            case NO_REPLY -> Exit.NO_REPLY;
            default -> Exit.REFUSED;
        };
    }

    private void again(Answer answer) {
        answer.header("Retry-After").ifPresent(seconds -> out.note("  Repeat it after " + seconds + " s."));
    }

    private Exit told(String sentence, Exit exit) {
        out.note(sentence);
        return exit;
    }

    /** Enough to find the place. */
    private static String what(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
