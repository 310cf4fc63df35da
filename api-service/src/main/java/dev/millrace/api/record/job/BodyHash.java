package dev.millrace.api.record.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.CanonicalJson;
import java.util.HexFormat;

/** Tells bodies apart by what they mean. The hash is in hexadecimal, so that equal hashes are equal values. */
public record BodyHash(String hex) {

    public static BodyHash of(JsonNode body) {
        return of(CanonicalJson.hash(body));
    }

    public static BodyHash of(byte[] hash) {
        return new BodyHash(HexFormat.of().formatHex(hash));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
