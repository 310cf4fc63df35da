package dev.millrace.bench.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 16_384, 131_072})
    void payloadsAreAsLargeAsIsWanted(int bytes) throws IOException {
        JsonNode job = new ObjectMapper().readTree(new Shape(bytes, 1).job(0));

        assertThat(job.path("payload").toString()).hasSize(bytes);
        assertThat(job.path("queue").asText()).isEqualTo("bench");
    }

    @Test
    void jobsGoToTheQueuesInTurn() throws IOException {
        Shape shape = new Shape(200, 2);

        assertThat(shape.queueNames()).containsExactly("bench", "bench-2");
        assertThat(new ObjectMapper().readTree(shape.job(5)).path("queue").asText())
                .isEqualTo("bench-2");
    }

    @Test
    void callsHoldEightMebibytesAtMost() {
        assertThat(Shape.USUAL.jobsPerCall()).isEqualTo(1_000);
        assertThat(new Shape(131_072, 1).jobsPerCall()).isEqualTo(63);
    }
}
