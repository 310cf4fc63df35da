package dev.millrace.api.jobs.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.json.JsonFields;
import dev.millrace.names.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads by what a client knows its job again: tags, by which it can be found, and metadata. */
final class LabelsReader {

    static final int MAX_TAGS = 32;
    static final int MAX_METADATA_BYTES = 16 << 10;

    private final JsonFields fields;

    LabelsReader(JsonFields fields) {
        this.fields = fields;
    }

    List<String> tags() {
        JsonNode value = fields.object().path("tags");
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > MAX_TAGS || !elements(value).allMatch(LabelsReader::isTag)) {
            fields.wrong("tags", "Tags are a list of at most 32 names of " + Names.RULE + ".");
            return List.of();
        }
        return elements(value).map(JsonNode::textValue).distinct().toList();
    }

    private static boolean isTag(JsonNode value) {
        return value.isTextual() && Names.isName(value.textValue());
    }

    JsonNode metadata() {
        JsonNode value = fields.object().path("metadata");
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!value.isObject() || value.toString().getBytes(StandardCharsets.UTF_8).length > MAX_METADATA_BYTES) {
            fields.wrong("metadata", "Metadata are an object of at most 16 KiB.");
        }
        return value;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
