package dev.millrace.worker.tasks.csv;

import dev.millrace.task.TaskContext;
import dev.millrace.worker.outbound.OutboundResponse;
import dev.millrace.worker.outbound.content.ContentType;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the characters of a file come from, and how far they were read. */
record CsvSource(CsvText text, @Nullable OutboundResponse response) implements Closeable {

    private static final int SHOWN = 40;

    static CsvSource of(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CsvSource(CsvText.of(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8), null);
    }

    /** Closes the answer if it cannot be read. */
    static CsvSource of(OutboundResponse response) throws IOException {
        try {
            return new CsvSource(CsvText.of(response.body(), charset(response.contentType())), response);
        } catch (IOException | UnreadableCsv unreadable) {
            response.close();
            throw unreadable;
        }
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
        String name = type.charsetName().get();
        return type.charset()
                .orElseThrow(() -> new UnreadableCsv(
                        "The file comes in the charset '%s', which this worker does not know: serve it as UTF-8."
                                .formatted(name.substring(0, Math.min(SHOWN, name.length())))));
    }
}
