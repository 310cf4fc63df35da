package dev.millrace.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.sensitive.SensitiveFields;
import dev.millrace.task.AtLeastOneOf;
import dev.millrace.task.DurationRange;
import dev.millrace.task.ExactlyOneOf;
import dev.millrace.task.Format;
import dev.millrace.task.Sensitive;
import dev.millrace.worker.registry.SampleTasks.Anything;
import dev.millrace.worker.registry.SampleTasks.Loose;
import dev.millrace.worker.registry.SampleTasks.Mail;
import dev.millrace.worker.registry.SampleTasks.Moments;
import dev.millrace.worker.registry.SampleTasks.Sent;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskSchemasTest {

    @ExactlyOneOf({"url", "text"})
    @AtLeastOneOf({"text", "lengths"})
    record Ruled(
            @Nullable @Format(Format.HTTP_URL) String url,

            @Nullable @Size(min = 1, max = 9) @Pattern(regexp = "a|b+")
            String text,

            @Nullable @Size(max = 2) List<@Format(Format.MAILBOX) String> to,
            @DurationRange(max = "PT10M") Duration pause,
            @Nullable List<@DurationRange(min = "PT1S", max = "PT2S") Duration> lengths,
            @Min(1) @Max(5) int count,
            @Nullable @Size(max = 3) Map<String, @Min(0) Integer> weights,
            Optional<@Email String> mail) {}

    @ExactlyOneOf({"url", "txt"})
    record Misruled(@Nullable String url, @Nullable String text) {}

    record Login(
            String user,
            @Sensitive String password,
            @Sensitive Optional<List<String>> codes,
            List<@Sensitive String> answers,
            @Nullable @Sensitive Anything session) {}

    private final TaskSchemas schemas = new TaskSchemas();

    @Test
    void marksWhatIsSensitive() {
        SensitiveFields login = SensitiveFields.of(schemas.payload(task(type(Login.class), type(Void.class))));
        SensitiveFields result = SensitiveFields.of(schemas.result(task(type(Anything.class), type(Login.class))));

        String json =
                "{\"user\":\"u\",\"password\":\"p\",\"codes\":[\"c\"],\"answers\":[\"a\"],\"session\":{\"any\":\"s\"}}";
        String shown =
                "{\"user\":\"u\",\"password\":\"***\",\"codes\":[\"***\"],\"answers\":[\"***\"],\"session\":{\"any\":\"***\"}}";
        assertThat(login.masked(json)).isEqualTo(shown);
        assertThat(result.masked(json)).isEqualTo(shown);
        assertThat(SensitiveFields.of(schemas.payload(task(type(Mail.class), type(Void.class))))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void requiresWhatIsNeitherOptionalNorNullable() throws JsonProcessingException {
        assertThat(payload(Mail.class).at("/required"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("to", "copies", "attachments", "weights");
    }

    @Test
    void letsWhatIsNotRequiredBeNull() throws JsonProcessingException {
        JsonNode mail = payload(Mail.class);
        assertThat(mail.at("/properties/subject").toString()).isEqualTo("{\"type\":[\"string\",\"null\"]}");
        assertThat(mail.at("/properties/delay").toString())
                .isEqualTo("{\"type\":[\"string\",\"null\"],\"format\":\"duration\"}");
        assertThat(mail.at("/properties/size").toString()).contains("null").contains("SMALL");
    }

    @Test
    void takesNoFieldsButTheComponents() throws JsonProcessingException {
        assertThat(payload(Mail.class).at("/additionalProperties").toString()).isEqualTo("false");
        assertThat(payload(Mail.class).at("/properties/weights").toString())
                .isEqualTo("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}");
    }

    @Test
    void keepsTheOrderOfTheComponents() throws JsonProcessingException {
        assertThat(payload(Mail.class).at("/properties").fieldNames())
                .toIterable()
                .containsExactly("to", "copies", "subject", "delay", "attachments", "weights", "size");
    }

    @Test
    void givesTimesTheirFormats() throws JsonProcessingException {
        JsonNode moments = payload(Moments.class).at("/properties");
        assertThat(moments.at("/instant/format").asText()).isEqualTo("date-time");
        assertThat(moments.at("/duration/format").asText()).isEqualTo("duration");
        assertThat(moments.at("/id/format").asText()).isEqualTo("uuid");
        assertThat(moments.at("/local").toString()).isEqualTo("{\"type\":\"string\"}");
        assertThat(moments.at("/amount").toString()).isEqualTo("{\"type\":\"number\"}");
    }

    @Test
    void saysWhichRulesAComponentHas() throws JsonProcessingException {
        JsonNode fields = payload(Ruled.class).at("/properties");
        assertThat(fields.get("url")).isEqualTo(json("{'type':['string','null'],'format':'http-url'}"));
        assertThat(fields.get("text"))
                .isEqualTo(json("{'type':['string','null'],'minLength':1,'maxLength':9,'pattern':'^(?:a|b+)$'}"));
        assertThat(fields.get("to"))
                .isEqualTo(json("{'maxItems':2,'type':['array','null'],'items':{'type':'string','format':'mailbox'}}"));
        assertThat(fields.get("pause"))
                .isEqualTo(
                        json("{'type':'string','format':'duration','formatMinimum':'PT0S','formatMaximum':'PT10M'}"));
        assertThat(fields.at("/lengths/items/formatMinimum").asText()).isEqualTo("PT1S");
        assertThat(fields.get("count")).isEqualTo(json("{'type':'integer','minimum':1,'maximum':5}"));
        assertThat(fields.at("/weights/maxProperties").asInt()).isEqualTo(3);
    }

    @Test
    void saysWhichComponentsExcludeEachOther() throws JsonProcessingException {
        JsonNode ruled = payload(Ruled.class);
        assertThat(ruled.get("oneOf"))
                .isEqualTo(json("[{'required':['url'],'properties':{'url':{'not':{'type':'null'}}}},"
                        + "{'required':['text'],'properties':{'text':{'not':{'type':'null'}}}}]"));
        assertThat(ruled.get("not"))
                .isEqualTo(json("{'type':'object','properties':{'text':{'type':'null'},'lengths':{'type':'null'}}}"));
        assertThatThrownBy(() -> payload(Misruled.class))
                .hasMessageContaining("Misruled names 'txt' in its rules, which is no component that may be missing.");
    }

    @Test
    void refersToARecordThatContainsItself() throws JsonProcessingException {
        JsonNode attachment = payload(Mail.class).at("/$defs/Attachment");
        assertThat(attachment.at("/required").toString()).isEqualTo("[\"name\"]");
        assertThat(attachment.at("/properties/inner").toString()).contains("#/$defs/Attachment");
    }

    @Test
    void describesAnyJsonAsAnyJson() throws JsonProcessingException {
        assertThat(payload(Anything.class).at("/properties/value").toString()).isEqualTo("{}");
        assertThat(payload(Anything.class).at("/required").toString()).isEqualTo("[\"value\"]");
    }

    @Test
    void letsLooseComponentsBeNullToo() throws JsonProcessingException {
        JsonNode loose = payload(Loose.class);
        assertThat(loose.at("/required").isMissingNode()).isTrue();
        assertThat(loose.at("/properties/count").toString()).isEqualTo("{\"type\":[\"integer\",\"null\"]}");
        assertThat(loose.at("/properties/any").toString()).isEqualTo("{}");
        assertThat(loose.at("/properties/tree").toString()).isEqualTo("{}");
    }

    @Test
    void describesResultsWithTheirTypeArguments() throws JsonProcessingException {
        TypeFactory types = TypeFactory.defaultInstance();
        JsonNode list = result(types.constructCollectionType(List.class, Sent.class));
        assertThat(list.at("/type").asText()).isEqualTo("array");
        assertThat(list.at("/items/properties/at/format").asText()).isEqualTo("date-time");
        assertThat(result(types.constructType(Void.class)).at("/type").asText()).isEqualTo("null");
    }

    @Test
    void namesItsDialect() throws JsonProcessingException {
        assertThat(payload(Mail.class).at("/$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void givesTheSameTextForTheSameClass() {
        assertThat(schemas.payload(task(type(Mail.class), type(Void.class))))
                .isEqualTo(new TaskSchemas().payload(task(type(Mail.class), type(Void.class))));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private JsonNode payload(Class<?> payload) throws JsonProcessingException {
        return new ObjectMapper().readTree(schemas.payload(task(type(payload), type(Void.class))));
    }

    private JsonNode result(JavaType result) throws JsonProcessingException {
        return new ObjectMapper().readTree(schemas.result(task(type(Anything.class), result)));
    }

    private static JavaType type(Class<?> raw) {
        return TypeFactory.defaultInstance().constructType(raw);
    }

    private static TaskDefinition task(JavaType payload, JavaType result) {
        return new TaskDefinition(
                new TaskName("t"),
                new QueueName("q"),
                PolicyOverride.NONE,
                RetryTypes.ALL,
                "",
                true,
                payload,
                result,
                (value, context) -> null);
    }
}
