package dev.millrace.testkit.fake;

import dev.millrace.job.JobSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with an entry of a lane. */
final class Defects {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._:-]{1,128}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final Set<String> BANDS = Set.of("critical", "high", "normal", "low");
    private static final long MAX_MILLIS = 999_999_999_999_999L;
    private static final int MAX_FIELDS = 500;

    private Defects() {}

    /** Null if nothing is. */
    static @Nullable String of(List<String> flat, Map<String, String> fields, String lane) {
        String own = ofFields(flat, fields);
        return own == null ? wrongLane(fields, lane) : own;
    }

    private static @Nullable String ofFields(List<String> flat, Map<String, String> f) {
        if (flat.size() > 2 * MAX_FIELDS) {
            return "it has more than " + MAX_FIELDS + " fields";
        }
        if (f.keySet().stream().filter(name -> name.startsWith("h.")).count() > JobSpec.MAX_HEADERS) {
            return "it has more than " + JobSpec.MAX_HEADERS + " headers";
        }
        return ofNames(f);
    }

    private static @Nullable String ofNames(Map<String, String> f) {
        if (!matches(UUID, f.get("job"))) {
            return "job is not a UUID in lower case";
        }
        if (!matches(NAME, f.get("task"))) {
            return "task is not a name";
        }
        if (!matches(NAME, f.get("queue"))) {
            return "queue is not a name";
        }
        if (!BANDS.contains(f.getOrDefault("band", ""))) {
            return "band is not one of critical, high, normal, low";
        }
        return f.getOrDefault("tenant", "").isEmpty() ? "tenant is missing" : ofNumbers(f);
    }

    private static @Nullable String ofNumbers(Map<String, String> f) {
        if (!isNumber(f.get("epoch"), 0, 32_767)) {
            return "epoch is not 0 to 32767";
        }
        if (!isNumber(f.get("run"), 1, 4_294_967_295L)) {
            return "run is not 1 to 4294967295";
        }
        if (!isNumber(f.get("attempt"), 1, Integer.MAX_VALUE)) {
            return "attempt is not a whole number from 1";
        }
        if (!isNumber(f.get("deaths"), 0, 65_535)) {
            return "deaths is not a whole number";
        }
        return ofTimes(f);
    }

    private static @Nullable String ofTimes(Map<String, String> f) {
        if (f.containsKey("due") && !isNumber(f.get("due"), 0, MAX_MILLIS)) {
            return "due is not milliseconds";
        }
        if (f.containsKey("expires") && !isNumber(f.get("expires"), 0, MAX_MILLIS)) {
            return "expires is not milliseconds";
        }
        return f.containsKey("payload") ? null : "payload is missing";
    }

    /** The delays and timers hold jobs of all queues. */
    private static @Nullable String wrongLane(Map<String, String> f, String lane) {
        int queue = lane.indexOf(":q:");
        if (queue < 0) {
            return null;
        }
        int label = lane.lastIndexOf(':');
        if (!lane.substring(queue + 3, label).equals(f.get("queue"))) {
            return "it belongs to another queue";
        }
        String band = lane.substring(label + 1);
        return band.equals("suspect") || band.equals(f.get("band")) ? null : "it belongs to another band";
    }

    static boolean isNumber(@Nullable String text, long min, long max) {
        if (text == null || !NUMBER.matcher(text).matches()) {
            return false;
        }
        long number = Long.parseLong(text);
        return number >= min && number <= max;
    }

    private static boolean matches(Pattern form, @Nullable String text) {
        return text != null && form.matcher(text).matches();
    }
}
