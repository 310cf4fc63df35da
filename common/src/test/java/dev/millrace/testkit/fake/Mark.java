package dev.millrace.testkit.fake;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A live marker, taken apart. */
record Mark(String epoch, String run, String place, String entry, String flags) {

    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)\\|([a-zA-Z]*)\\|([\\d-]*)\\|([a-zA-Z]*)");
    private static final Pattern ENTRY = Pattern.compile("\\d{1,19}-\\d{1,19}");
    private static final Set<String> ON_STREAMS = Set.of("qcritical", "qhigh", "qnormal", "qlow", "s", "d");

    /** Null for a text that is no marker: it is then as if there were none. */
    static @Nullable Mark parse(@Nullable String text) {
        Matcher parts = FORM.matcher(text == null ? "" : text);
        if (!parts.matches()
                || !Defects.isNumber(parts.group(1), 0, 32_767)
                || !Defects.isNumber(parts.group(2), 0, 4_294_967_295L)) {
            return null;
        }
        Mark mark = new Mark(parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
        return mark.isSound() ? mark : null;
    }

    private boolean isSound() {
        return ON_STREAMS.contains(place) ? ENTRY.matcher(entry).matches() : place.equals("E") || place.equals("t");
    }

    boolean ended() {
        return place.equals("E");
    }

    long runNumber() {
        return Long.parseLong(run);
    }

    boolean flagged() {
        return flags.contains("C");
    }
}
