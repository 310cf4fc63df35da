package dev.millrace.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SensitiveFieldsTest {

    private static final String CARD = """
            {"type":"object","properties":{
              "holder":{"type":"string"},
              "number":{"type":"string","x-sensitive":true},
              "cvv":{"type":["integer","null"],"x-sensitive":true}}}""";

    @Test
    void masksWhatIsMarkedAndNothingElse() {
        assertThat(of(CARD).masked("{\"holder\":\"Ada\",\"number\":\"4111\",\"cvv\":123}"))
                .isEqualTo("{\"holder\":\"Ada\",\"number\":\"***\",\"cvv\":\"***\"}");
    }

    /** Of a chunk each value is what the schema describes. */
    @Test
    void masksInEachValueOfAChunk() {
        String chunk = "{\"$chunk\":[{\"holder\":\"Ada\",\"number\":\"4111\"},{\"number\":\"4222\"}]}";

        assertThat(of(CARD).masked(chunk))
                .isEqualTo("{\"$chunk\":[{\"holder\":\"Ada\",\"number\":\"***\"},{\"number\":\"***\"}]}");
        assertThat(of(CARD).secrets(chunk).maskedIn("4111 and 4222")).isEqualTo("*** and ***");
    }

    @Test
    void keepsNullsAndTheShapeOfWhatIsMasked() {
        SensitiveFields keys = of("{\"properties\":{\"keys\":{\"x-sensitive\":true}}}");

        assertThat(of(CARD).masked("{\"cvv\":null}")).isEqualTo("{\"cvv\":null}");
        assertThat(keys.masked("{\"keys\":{\"a\":[1,true,null,{\"b\":\"c\"}],\"d\":{}}}"))
                .isEqualTo("{\"keys\":{\"a\":[\"***\",\"***\",null,{\"b\":\"***\"}],\"d\":{}}}");
    }

    @Test
    void followsReferencesIntoListsAndMapsAndThemselves() {
        SensitiveFields tree = of("""
                {"$ref":"#/$defs/Node","$defs":{"Node":{"properties":{
                  "secret":{"allOf":[{"$ref":"#/$defs/Text"},{"x-sensitive":true}]},
                  "children":{"items":{"$ref":"#/$defs/Node"}},
                  "byName":{"additionalProperties":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/Node"}]}}}},
                 "Text":{"type":"string"}}}""");

        assertThat(tree.masked("""
                {"secret":"a","children":[{"secret":"b","children":[]}],"byName":{"x":{"secret":"c","open":"d"}}}"""))
                .isEqualTo("{\"secret\":\"***\",\"children\":[{\"secret\":\"***\",\"children\":[]}],"
                        + "\"byName\":{\"x\":{\"secret\":\"***\",\"open\":\"d\"}}}");
    }

    @Test
    void takesEveryAlternativeForTheOneThatIsMeant() {
        assertThat(of("{\"oneOf\":[{\"properties\":{\"a\":{}}},{\"properties\":{\"a\":{\"x-sensitive\":true}}}]}")
                        .masked("{\"a\":1,\"b\":2}"))
                .isEqualTo("{\"a\":\"***\",\"b\":2}");
        assertThat(of("{\"patternProperties\":{\"^x\":{\"x-sensitive\":true}}}").masked("{\"y\":1}"))
                .isEqualTo("{\"y\":\"***\"}");
        assertThat(of("{\"prefixItems\":[{},{\"x-sensitive\":true}]}").masked("[1,2,3]"))
                .isEqualTo("[1,\"***\",3]");
    }

    @Test
    void hidesWhatAReferenceThatLeadsNowhereIsAbout() {
        assertThat(of("{\"properties\":{\"a\":{\"$ref\":\"https://elsewhere\"},\"b\":{\"x-sensitive\":true},\"c\":{}}}")
                        .masked("{\"a\":1,\"c\":2}"))
                .isEqualTo("{\"a\":\"***\",\"c\":2}");
    }

    @Test
    void endsWithReferencesThatGoInCircles() {
        assertThat(of("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\","
                                + "\"properties\":{\"x\":{\"x-sensitive\":true}}}}}")
                        .masked("{\"x\":1,\"y\":2}"))
                .isEqualTo("{\"x\":\"***\",\"y\":2}");
    }

    @Test
    void showsWhatMarksNothingAsItStands() {
        SensitiveFields none = of("{\"properties\":{\"a\":{\"x-sensitive\":false}}}");

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.masked("{ \"a\" : 1.10 }")).isEqualTo("{ \"a\" : 1.10 }");
        assertThat(none.secrets("{\"a\":\"long enough\"}").isEmpty()).isTrue();
        assertThat(SensitiveFields.of("no schema").isEmpty()).isTrue();
    }

    @Test
    void keepsTheNotationOfNumbersBesideIt() {
        assertThat(of(CARD).masked("{\"price\":1.10,\"many\":12345678901234567890.123}"))
                .isEqualTo("{\"price\":1.10,\"many\":12345678901234567890.123}");
    }

    @Test
    void showsNothingOfWhatIsNoJson() {
        assertThat(of(CARD).masked("{\"number\":\"4111")).isEqualTo("\"***\"");
    }

    @Test
    void findsTheSecretsOfAPayload() {
        assertThat(of(CARD).secrets("{\"holder\":\"Ada\",\"number\":\"4111 1111\",\"cvv\":123456}")
                        .maskedIn("Ada has 4111 1111 and 123456"))
                .isEqualTo("Ada has *** and ***");
    }

    private static SensitiveFields of(String schema) {
        return SensitiveFields.of(schema);
    }
}
