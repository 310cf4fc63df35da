package dev.millrace.sensitive;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values that no text must show. Each is known as it is, as JSON escapes it, and as a URL does. What is shorter than
 * {@value #SHORTEST} characters is no secret: it would be found everywhere. Immutable.
 */
public final class Secrets {

    /** Nothing to keep back. */
    public static final Secrets NONE = new Secrets(List.of(), false);

    static final int SHORTEST = 4;

    /** Of more values than this no text is searched: all of it is kept back. */
    static final int MOST = 1_000;

    private final List<String> forms;
    private final boolean tooMany;

    private Secrets(List<String> forms, boolean tooMany) {
        this.forms = forms;
        this.tooMany = tooMany;
    }

    static Secrets of(Collection<String> values) {
        List<String> secret =
                values.stream().filter(value -> value.length() >= SHORTEST).toList();
        return secret.size() > MOST ? new Secrets(List.of(), true) : new Secrets(forms(secret), false);
    }

    public boolean isEmpty() {
        return forms.isEmpty() && !tooMany;
    }

    /** The text with {@value SensitiveFields#MASK} wherever a value occurs; the same object where none does. */
    public String maskedIn(String text) {
        if (tooMany) {
            return SensitiveFields.MASK;
        }
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, SensitiveFields.MASK);
        }
        return masked;
    }

    /** The longest first: one may be a part of another. */
    private static List<String> forms(List<String> values) {
        return values.stream()
                .flatMap(Secrets::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> forms(String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return Stream.of(
                        value,
                        value.strip(),
                        new String(JsonStringEncoder.getInstance().quoteAsString(value)),
                        encoded,
                        encoded.replace("+", "%20"))
                .filter(form -> form.length() >= SHORTEST);
    }
}
