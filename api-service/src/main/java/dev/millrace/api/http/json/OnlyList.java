package dev.millrace.api.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart an object whose only field is a list. The elements come as their texts, so that each can be read, and
 * refused, on its own: only that the whole is JSON is known of them.
 */
public final class OnlyList {

    private final String text;
    private final String field;
    private final JsonParser parser;

    private OnlyList(String text, String field, JsonParser parser) {
        this.text = text;
        this.field = field;
        this.parser = parser;
    }

    /**
     * The texts of the list's elements.
     *
     * @throws ProblemException 400 if the text is not JSON or has other fields, 422 if the list is none or nested
     *     so deeply that its elements cannot be distinguished
     */
    public static List<String> elements(String text, String field) {
        try (JsonParser parser = StrictJson.FACTORY.createParser(text)) {
            return new OnlyList(text, field, parser).elements();
        } catch (StreamConstraintsException tooDeep) {
            throw Problem.of(ProblemType.INVALID, "The body is nested far deeper than 64 levels.")
                    .exception();
        } catch (IOException syntax) {
            throw Problem.of(ProblemType.NOT_JSON, "The body is not JSON.").exception();
        }
    }

    private List<String> elements() throws IOException {
        if (parser.nextToken() == null) {
            throw Problem.of(ProblemType.NOT_JSON, "The body is empty; it is to be one JSON value.")
                    .exception();
        }
        List<String> elements = list();
        if (parser.nextToken() != null) {
            throw Problem.of(ProblemType.NOT_JSON, "Something stands behind the end of the body's JSON.")
                    .exception();
        }
        return elements;
    }

    private List<String> list() throws IOException {
        List<String> found = null;
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw notTheList();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            requireOurs(found);
            found = texts();
        }
        if (found == null) {
            throw notTheList();
        }
        return found;
    }

    private void requireOurs(@Nullable List<String> found) throws IOException {
        if (!parser.currentName().equals(field)) {
            throw problem(ProblemType.UNKNOWN_FIELD, "The only field here is '" + field + "'. Remove the other.");
        }
        if (found != null) {
            throw problem(ProblemType.DUPLICATE_FIELD, "The object has two fields of this name.");
        }
    }

    private List<String> texts() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw notTheList();
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(element());
        }
        return texts;
    }

    private String element() throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private ProblemException notTheList() {
        return Problem.at(ProblemType.INVALID, "/" + field, "The body is to be an object with a list '" + field + "'.")
                .exception();
    }

    private ProblemException problem(ProblemType type, String detail) {
        return Problem.at(type, parser.getParsingContext().pathAsPointer().toString(), detail)
                .exception();
    }
}
