package dev.millrace.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** A limit admits what reaches it, and refuses the next. */
class PayloadLimitsTest {

    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

    @ParameterizedTest
    @CsvFileSource(resources = "limits.txt", delimiter = '|', quoteCharacter = '`')
    void admitAllThatTheyName(String payload, String within, String beyond, String words) throws Exception {
        assertThat(read(payload, within)).isNotNull();
        assertThatThrownBy(() -> read(payload, beyond))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private Object read(String payload, String fields) throws IOException, ClassNotFoundException {
        String text = "{" + Repeats.expanded(fields).replace('\'', '"') + "}";
        return json.readValue(text, Class.forName("dev.millrace.worker.tasks." + payload));
    }
}
