package dev.millrace.worker.held;

import dev.millrace.log.LogContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts the same fields on each of its lines, whichever thread it comes from. */
@SuppressWarnings("serial")
final class JobLogger extends Logger {

    private static final long serialVersionUID = 1;

    private final Logger lines;
    private final LogContext who;

    JobLogger(Logger lines, LogContext who) {
        super(lines.getName());
        this.lines = lines;
        this.who = who;
    }

    @Override
    public boolean isEnabled(Level level) {
        return lines.isEnabled(level);
    }

    @Override
    protected void doLog(
            Level level,
            String caller,
            @Nullable Object message,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (isEnabled(level)) {
            said(() -> lines.log(caller, level, message, parameters, thrown));
        }
    }

    @Override
    protected void doLogf(
            Level level,
            String caller,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (isEnabled(level)) {
            said(() -> lines.logf(caller, level, thrown, format, parameters));
        }
    }

    private void said(Runnable line) {
        if (who.isHere()) {
            line.run();
        } else {
            who.within(line);
        }
    }
}
