package dev.millrace.worker.tasks.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a result holds it. What calls itself JSON but is not, or is JSON that no store takes, becomes
 * text; what calls itself text but is not, or has characters that no store takes, becomes base64.
 */
record ReceivedBody(@Nullable JsonNode value, @Nullable String base64) {

    private static final Pattern JSON = Pattern.compile("(?i) *[a-z]+/([^;]*\\+)?json *(;.*)?");
    private static final Pattern TEXT = Pattern.compile(
            "(?i) *(text/.*|application/([^;]*\\+)?(xml|javascript|x-www-form-urlencoded|x-ndjson|yaml) *(;.*)?)");
    private static final Pattern CHARSET = Pattern.compile("(?i).*; *charset *= *\"?([A-Za-z0-9._:-]+)\"?.*");
    /** A result holds the value one level deeper, and results may have 64. */
    private static final int MAX_DEPTH = 62;

    private static final int MAX_NUMBER = 100;
    /** Beyond such exponents numbers are short here and endless elsewhere. */
    private static final int MAX_SCALE = 1_000;

    private static final JsonMapper MAPPER = mapper();

    static ReceivedBody of(byte[] bytes, String contentType) {
        if (bytes.length == 0) {
            return new ReceivedBody(null, null);
        }
        return readable(bytes, contentType)
                .map(value -> new ReceivedBody(value, null))
                .orElseGet(() -> new ReceivedBody(null, Base64.getEncoder().encodeToString(bytes)));
    }

    /** What it takes in a result. */
    int bytes() {
        String json = value == null ? "" : value.toString();
        return json.getBytes(StandardCharsets.UTF_8).length + (base64 == null ? 0 : base64.length());
    }

    private static Optional<JsonNode> readable(byte[] bytes, String contentType) {
        boolean json = JSON.matcher(contentType).matches();
        if (!json && !TEXT.matcher(contentType).matches()) {
            return Optional.empty();
        }
        Optional<String> text = text(bytes, contentType);
        return text.filter(unused -> json)
                .flatMap(ReceivedBody::parsed)
                .or(() -> text.filter(ReceivedBody::isStorable).map(TextNode::valueOf));
    }

    private static Optional<String> text(byte[] bytes, String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        try {
            Charset charset = named.matches() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
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
