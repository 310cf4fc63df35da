package dev.millrace.worker.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.outbound.RawServer;
import dev.millrace.worker.tasks.RecordingContext;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Answers octet by octet, in the shapes that servers send them. */
class AnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpTask task = new HttpTask(LocalWeb.client(), InstantSource.system());

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "answers.txt", delimiter = '|', quoteCharacter = '`')
    void areReadAsTheirServersMeantThem(String what, @Nullable String payload, String answer, String expected) {
        try (var server = new RawServer(AnswerTable.octets(answer))) {
            String url = "'url':'%s'".formatted(server.url("/from"));

            String outcome = outcome("{" + (payload == null ? url : url + "," + payload) + "}");

            String[] typeAndWords = expected.split(": ", 2);
            assertThat(outcome).startsWith(typeAndWords[0]).contains(typeAndWords[typeAndWords.length - 1]);
        }
    }

    private String outcome(String payload) {
        try {
            HttpRequest request = JSON.readValue(payload.replace('\'', '"'), HttpRequest.class);
            return shown(task.request(request, RecordingContext.ofAttempt(1)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        } catch (IOException | RuntimeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static String shown(HttpReply reply) {
        String body = reply.body() == null ? "nothing" : reply.body().toString().replace('"', '\'');
        return reply.status() + " " + (reply.bodyBase64() == null ? body : "base64 " + reply.bodyBase64());
    }
}
