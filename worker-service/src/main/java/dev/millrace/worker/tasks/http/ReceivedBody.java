package dev.millrace.worker.tasks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.worker.outbound.content.ContentType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a result holds it. What calls itself JSON but is not, or is JSON that no store takes, becomes
 * text; what calls itself text but is not, or has characters that no store takes, becomes base64.
 */
record ReceivedBody(@Nullable JsonNode value, @Nullable String base64) {

    private static final Pattern JSON = Pattern.compile("[a-z]+/(.*\\+)?json");
    private static final Pattern TEXT =
            Pattern.compile("text/.*|application/(.*\\+)?(xml|javascript|x-www-form-urlencoded|x-ndjson|yaml)");
    private static final String MARK = "\ufeff";
    /** A result holds the value one level deeper, and results may have 64. */
    private static final int MAX_DEPTH = 62;

    private static final int MAX_NUMBER = 100;
    /** Beyond such exponents numbers are short here and endless elsewhere. */
    private static final int MAX_SCALE = 1_000;

    private static final JsonMapper MAPPER = mapper();

    static ReceivedBody of(byte[] bytes, ContentType type) {
        if (bytes.length == 0) {
            return new ReceivedBody(null, null);
        }
        return readable(bytes, type)
                .map(value -> new ReceivedBody(value, null))
                .orElseGet(() -> new ReceivedBody(null, Base64.getEncoder().encodeToString(bytes)));
    }

    /** What it takes in a result. */
    int bytes() {
        String json = value == null ? "" : value.toString();
        return json.getBytes(UTF_8).length + (base64 == null ? 0 : base64.length());
    }

    private static Optional<JsonNode> readable(byte[] bytes, ContentType type) {
        boolean json = JSON.matcher(type.type()).matches();
        if (!json && !TEXT.matcher(type.type()).matches()) {
            return Optional.empty();
        }
        Optional<String> text =
                charsets(type, json).flatMap(charset -> text(bytes, charset)).findFirst();
        return text.filter(unused -> json)
                .flatMap(ReceivedBody::parsed)
                .or(() -> text.filter(ReceivedBody::isStorable).map(TextNode::valueOf));
    }

    /** Those to believe, as far as the bytes fit. JSON is UTF-8, whatever is said of it. */
    private static Stream<Charset> charsets(ContentType type, boolean json) {
        Stream<Charset> named = type.charset().stream();
        return json ? Stream.concat(Stream.of(UTF_8), named) : Stream.concat(named, Stream.of(UTF_8));
    }

    private static Stream<String> text(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Stream.of(text.startsWith(MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Stream.empty();
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(MAPPER.readTree(text))
                    .filter(value -> !value.isMissingNode() && isBounded(value) && isStorable(value.toString()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isBounded(JsonNode value) {
        return value.isBigDecimal()
                ? Math.abs(value.decimalValue().scale()) <= MAX_SCALE
                : value.valueStream().allMatch(ReceivedBody::isBounded);
    }

    /** The escaped form is looked for too, for that is how JSON spells the character. */
    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0
                && !text.contains("\\u0000")
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}
