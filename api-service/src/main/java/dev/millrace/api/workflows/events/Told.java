package dev.millrace.api.workflows.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a client was told: everything up to a version, or of the next version the nodes up to a number. Its text is the id of an event.
 *
 * @param node −1 if everything of the version was told
 */
record Told(int run, long version, int node) {

    static final Told NOTHING = new Told(0, 0, -1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,18})(?:\\.(\\d{1,9}))?");

    /** Nothing was told to whoever shows an id that we did not give. */
    static Told of(@Nullable String id) {
        Matcher form = FORM.matcher(id == null ? "" : id);
        if (!form.matches()) {
            return NOTHING;
        }
        String node = form.group(3);
        return new Told(
                Integer.parseInt(form.group(1)),
                Long.parseLong(form.group(2)),
                node == null ? -1 : Integer.parseInt(node));
    }

    /** Whether a node that changed with that version is still to be told. */
    boolean isBefore(long changed, int number) {
        return node < 0 ? changed > version : changed > version || (changed == version && number > node);
    }

    String text() {
        return node < 0 ? run + "." + version : run + "." + version + "." + node;
    }
}
