package dev.millrace.api.record.query.search;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/** One condition. */
public sealed interface Word {

    /** Hexadecimal digits of a UUID before its first dash: with fewer, too many jobs have them. */
    int LEAST_DIGITS = 8;

    /** What it is, as it looks. */
    static Word of(String text) {
        int equals = text.indexOf('=');
        if (text.startsWith("/") && equals > 0) {
            return Payload.at(JsonPointer.compile(text.substring(0, equals)), text.substring(equals + 1));
        }
        if (equals > 0) {
            return new Metadata(text.substring(0, equals), text.substring(equals + 1));
        }
        return Id.isBeginningOfOne(text) ? Id.of(text) : new Text(text);
    }

    /** As PostgreSQL has it, of a row of {@code api.job}. */
    String sql(Function<Object, String> parameter);

    List<String> fields();

    /** The id begins so: it lies in this span. */
    record Id(UUID least, UUID most) implements Word {

        static boolean isBeginningOfOne(String text) {
            String digits = digits(text);
            return digits.length() >= LEAST_DIGITS
                    && digits.length() <= 32
                    && digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 128)
                    && (digits.equals(text) || dashed(digits).startsWith(text.toLowerCase(Locale.ROOT)));
        }

        static Id of(String text) {
            String digits = digits(text);
            return new Id(uuid(digits, '0'), uuid(digits, 'f'));
        }

        private static String digits(String text) {
            return text.replace("-", "");
        }

        private static UUID uuid(String digits, char rest) {
            return UUID.fromString(dashed(digits + String.valueOf(rest).repeat(32 - digits.length())));
        }

        private static String dashed(String digits) {
            StringBuilder dashed = new StringBuilder(digits.toLowerCase(Locale.ROOT));
            for (int at : new int[] {8, 13, 18, 23}) {
                if (dashed.length() >= at) {
                    dashed.insert(at, '-');
                }
            }
            return dashed.toString();
        }

        @Override
        public String sql(Function<Object, String> parameter) {
            return "id between " + parameter.apply(least) + " and " + parameter.apply(most);
        }

        @Override
        public List<String> fields() {
            return List.of("id");
        }
    }

    /** The metadata have this value at this key. */
    record Metadata(String key, String value) implements Word {

        @Override
        public String sql(Function<Object, String> parameter) {
            return "metadata::json ->> " + parameter.apply(key) + "::text = " + parameter.apply(value);
        }

        @Override
        public List<String> fields() {
            return List.of("metadata");
        }
    }

    /** The payload has this value, a number as it was written, at this place; longer payloads are not looked into. */
    record Payload(List<String> path, String value) implements Word {

        static final int MOST_BYTES = 16_384;

        static Payload at(JsonPointer place, String value) {
            List<String> path = new ArrayList<>();
            for (JsonPointer rest = place; !rest.matches(); rest = rest.tail()) {
                path.add(rest.getMatchingProperty());
            }
            return new Payload(path, value);
        }

        @Override
        public String sql(Function<Object, String> parameter) {
            String there = parameter.apply(path.toArray(String[]::new));
            return "case when octet_length(payload) <= %d then payload::json #>> %s::text[] = %s end"
                    .formatted(MOST_BYTES, there, parameter.apply(value));
        }

        @Override
        public List<String> fields() {
            return List.of("payload");
        }
    }

    /** Is part of the task's name or of the error, in any case, or is a tag. */
    record Text(String text) implements Word {

        @Override
        public String sql(Function<Object, String> parameter) {
            String typed = parameter.apply(text) + "::text";
            return """
                    (strpos(lower(task), lower(%1$s)) > 0 or %1$s = any(tags)
                        or strpos(lower(error_type), lower(%1$s)) > 0 or strpos(lower(error_message), lower(%1$s)) > 0)""".formatted(typed);
        }

        @Override
        public List<String> fields() {
            return List.of("task", "tag", "error");
        }
    }
}
