package dev.millrace.api.http.parameters;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.names.Names;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request: all of them known, each given once. */
public final class QueryParameters {

    /** So many digits are no number that anything here means. */
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private final Map<String, List<String>> given;

    private QueryParameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /**
     * Those of a request that may have the known ones.
     *
     * @throws ProblemException 400 for others, and for one that is given twice
     */
    public static QueryParameters of(UriInfo uri, String... known) {
        return of(uri.getQueryParameters(), Set.of(known), Set.of());
    }

    /**
     * As {@link #of(UriInfo, String...)}.
     *
     * @param later those that a later release will know: they are refused with 422
     */
    public static QueryParameters of(MultivaluedMap<String, String> query, Set<String> known, Set<String> later) {
        query.forEach((name, values) -> check(name, values, known, later));
        return new QueryParameters(query);
    }

    /** One of an enum's constants, written as in the contract; null if it is not given. */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        return read(
                name,
                text -> Enum.valueOf(type, text),
                "is one of " + Arrays.toString(type.getEnumConstants()).replaceAll("[\\[\\]]", ""));
    }

    /** A text that PostgreSQL can compare, which has no NUL; null if it is not given. */
    public @Nullable String text(String name) {
        return read(name, QueryParameters::comparable, "is a text of at least one character, none of them U+0000");
    }

    /** The text as it was sent; null if it is not given. */
    public @Nullable String raw(String name) {
        List<String> values = given.get(name);
        return values == null ? null : values.getFirst();
    }

    /** A whole number from {@code least} to {@code most}; {@code otherwise} if it is not given. */
    public int number(String name, int least, int most, int otherwise) {
        Integer number =
                read(name, text -> number(text, least, most), "is a whole number from " + least + " to " + most);
        return number == null ? otherwise : number;
    }

    /**
     * What the reader makes of it; null if it is not given.
     *
     * @param reader throws {@link IllegalArgumentException} or {@link DateTimeException} for a malformed text
     * @param rule what the parameter is, continuing a sentence
     */
    public <T> @Nullable T read(String name, Function<String, T> reader, String rule) {
        String text = raw(name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw bad("The query parameter '" + name + "' " + rule + ".");
        }
    }

    /** Where a page begins: what the reader makes of the {@code nextCursor} of the page before; null for the first page. */
    public <T> @Nullable T cursor(Function<String, T> reader) {
        return read("cursor", reader, "is the nextCursor of the page before");
    }

    /** As {@link #cursor}, where pages go by names; empty for the first page. */
    public String cursorName() {
        String name = cursor(QueryParameters::name);
        return name == null ? "" : name;
    }

    private static String name(String text) {
        Names.check("A cursor", text);
        return text;
    }

    private static void check(String name, List<String> values, Set<String> known, Set<String> later) {
        if (later.contains(name)) {
            throw Problem.of(
                            ProblemType.NOT_AVAILABLE,
                            "This release cannot honour the query parameter '" + name + "'. Ask without it.")
                    .exception();
        }
        if (!known.contains(name)) {
            throw bad(unknown(known));
        }
        if (values.size() > 1) {
            throw bad("The query parameter '" + name + "' is given once at most.");
        }
    }

    private static String unknown(Set<String> known) {
        return known.isEmpty()
                ? "There are no query parameters here."
                : "The query parameters here are "
                        + String.join(", ", known.stream().sorted().toList()) + "; there is one of another name.";
    }

    private static int number(String text, int least, int most) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("no whole number");
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return (int) number;
    }

    private static String comparable(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not comparable");
        }
        return text;
    }

    private static ProblemException bad(String detail) {
        return Problem.of(ProblemType.BAD_REQUEST, detail).exception();
    }
}
