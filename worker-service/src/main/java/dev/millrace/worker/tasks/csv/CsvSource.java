package dev.millrace.worker.tasks.csv;

import dev.millrace.task.TaskContext;
import dev.millrace.worker.outbound.OutboundResponse;
import dev.millrace.worker.outbound.content.ContentType;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the characters of a file come from, and how far they were read. */
record CsvSource(
        InputStream bytes, Charset charset, @Nullable OutboundResponse response) implements Closeable {

    static CsvSource of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CsvSource(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8, null);
    }

    static CsvSource of(OutboundResponse response) {
        return new CsvSource(response.body(), charset(response.contentType()), response);
    }

    /** In bytes of the download if its length is known, else in rows. */
    void report(TaskContext context, long rows) {
        String message = rows + " rows";
        if (response != null && response.contentLength().isPresent()) {
            context.progress(response.received(), response.contentLength().getAsLong(), message);
        } else {
            context.progress(rows, 0, message);
        }
    }

    @Override
    public void close() throws IOException {
        if (response != null) {
            response.close();
        }
    }

    private static Charset charset(ContentType type) {
        if (type.charsetName().isEmpty()) {
            return StandardCharsets.UTF_8;
        }
        return type.charset()
                .orElseThrow(() -> new UnreadableCsv(
                        "The file comes in a charset that this worker does not know: serve it as UTF-8."));
    }
}
