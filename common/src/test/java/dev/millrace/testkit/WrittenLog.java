package dev.millrace.testkit;

import dev.millrace.log.LineFilter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * All that this process logs from INFO upwards while it is open, as a service would write it. Nobody else is told meanwhile: the
 * filter changes the line that it is given, and that of a service that ran here before would change it first.
 */
public final class WrittenLog implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final PatternFormatter format = new PatternFormatter("%-5p [%c] %s%x%e");
    private final Logger root = LogContext.getLogContext().getLogger("");
    private final ExtHandler handler = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord line) {
            lines.add(format.format(line));
        }
    };

    private final Handler[] others;

    private WrittenLog() {
        handler.setLevel(Level.INFO);
        handler.setFilter(new LineFilter());
        others = root.getAndSetHandlers(new Handler[] {handler});
    }

    public static WrittenLog open() {
        return new WrittenLog();
    }

    /** Each with its exception, so far. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root.setHandlers(others);
    }
}
