package dev.millrace.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.worker.registry.SampleTasks.Anything;
import dev.millrace.worker.registry.SampleTasks.Loose;
import dev.millrace.worker.registry.SampleTasks.Mail;
import dev.millrace.worker.registry.SampleTasks.Moments;
import dev.millrace.worker.registry.SampleTasks.Sent;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSchemasTest {

    private final TaskSchemas schemas = new TaskSchemas();

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
