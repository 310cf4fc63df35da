package dev.millrace.worker.tasks.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.outbound.OutboundException;
import dev.millrace.worker.outbound.OutboundHttp;
import dev.millrace.worker.outbound.OutboundRefused;
import dev.millrace.worker.outbound.OutboundRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads CSV files and checks them. */
@ApplicationScoped
public class CsvTask {

    private static final int ROWS_PER_REPORT = 1_000;

    private final OutboundHttp http;
    private final long maxBytes;
    private final Duration downloadTimeout;

    /**
     * Made once for a worker.
     *
     * @throws IllegalArgumentException if the configuration allows nothing; the message names the key
     */
    CsvTask(OutboundHttp http, CsvConfig config) {
        this.http = http;
        this.maxBytes = config.maxBytes().asLongValue();
        this.downloadTimeout = config.downloadTimeout();
        if (maxBytes < 1) {
            throw new IllegalArgumentException("millrace.worker.tasks.csv.max-bytes is 0: it must be at least 1.");
        }
        if (!downloadTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "millrace.worker.tasks.csv.download-timeout is %s: it must be more than zero."
                            .formatted(downloadTimeout));
        }
    }

    /**
     * Reads a file to its end and reports what is right and wrong in it. A record with broken quotes is an error like
     * others, and the last: what follows cannot be distinguished from it.
     *
     * @throws OutboundException if the file cannot be fetched, or breaks off
     * @throws UnreadableCsv if the file has no header, or not the columns that the payload names
     * @throws InterruptedException within a thousand rows of the interruption
     */
    @Task(
            name = "csv.import",
            queue = "csv",
            timeout = "PT1H",
            failOn = {OutboundRefused.class, IllegalArgumentException.class},
            description = "Reads and checks a CSV file.")
    public CsvReport read(CsvImport payload, TaskContext context) throws IOException, InterruptedException {
        try (CsvSource source = open(payload, context)) {
            return read(payload, source, context);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads the records of a file from one on, as many as are wanted and fit into a result, for a map whose items come page by page. It reads
     * the file from its beginning.
     *
     * @throws OutboundException as {@link #read}
     * @throws UnreadableCsv as {@link #read}
     * @throws InterruptedException within a thousand rows of the interruption
     */
    @Task(
            name = "csv.rows",
            queue = "csv",
            timeout = "PT1H",
            failOn = {OutboundRefused.class, IllegalArgumentException.class},
            description = "Reads a page of the rows of a CSV file.")
    public CsvPage rows(CsvRows payload, TaskContext context) throws IOException, InterruptedException {
        CsvImport file = payload.file();
        try (CsvSource source = open(file, context)) {
            var reader = new RowReader();
            Iterator<CsvRow> rows = records(file, source, reader);
            Charset charset = source.text().charset();
            Header header = header(rows, file, charset);
            var page = new PageOfRows(header, new Records(header, charset, file.checkedColumns()));
            try {
                return page.page(read(payload, rows, page));
            } catch (CsvParseException e) {
                page.addBroken(reader.line());
                return page.page(null);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns how many records come before the next page; null if there is none. */
    private static @Nullable Long read(CsvRows payload, Iterator<CsvRow> rows, PageOfRows page)
            throws InterruptedException {
        long end = (long) payload.first() + payload.atMost();
        for (long passed = 0; rows.hasNext(); passed++) {
            if (passed % ROWS_PER_REPORT == 0) {
                stopIfInterrupted();
            }
            if (passed == end) {
                return passed;
            }
            CsvRow row = rows.next();
            if (passed >= payload.first() && !page.add(row)) {
                return passed;
            }
        }
        return null;
    }

    private static Iterator<CsvRow> records(CsvImport file, CsvSource source, RowReader reader) {
        return CsvReader.builder()
                .fieldSeparator(file.fieldSeparator())
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(2 * RowReader.MAX_FIELD)
                .build(reader, source.text().reader())
                .iterator();
    }

    private CsvSource open(CsvImport payload, TaskContext context) throws IOException {
        if (payload.text() != null) {
            return CsvSource.of(payload.text());
        }
        String url = Objects.requireNonNull(payload.url(), "the payload has checked this");
        return CsvSource.of(
                http.get(OutboundRequest.get(url, context.deadline()).upTo(maxBytes, downloadTimeout)));
    }

    private static CsvReport read(CsvImport payload, CsvSource source, TaskContext context)
            throws InterruptedException {
        var reader = new RowReader();
        Iterator<CsvRow> rows = records(payload, source, reader);
        Charset charset = source.text().charset();
        Header header = header(rows, payload, charset);
        var tally = new Tally(header, charset, payload.checkedColumns(), payload.errorLimit());
        try {
            readAll(rows, tally, source, context);
        } catch (CsvParseException e) {
            tally.addBroken(
                    reader.line(),
                    "The quotes of the record are broken, or it is too long: nothing from here on was read.");
        }
        source.report(context, tally.rows());
        return tally.report();
    }

    private static Header header(Iterator<CsvRow> rows, CsvImport payload, Charset charset) {
        try {
            if (rows.hasNext()) {
                return Header.of(rows.next(), charset, payload.checkedColumns());
            }
        } catch (CsvParseException e) {
            throw new UnreadableCsv("The quotes of the header are broken, or it is too long.");
        }
        throw new UnreadableCsv("The file is empty: its first line must name the columns.");
    }

    private static void readAll(Iterator<CsvRow> rows, Tally tally, CsvSource source, TaskContext context)
            throws InterruptedException {
        while (rows.hasNext()) {
            tally.add(rows.next());
            if (tally.rows() % ROWS_PER_REPORT == 0) {
                source.report(context, tally.rows());
                stopIfInterrupted();
            }
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The run was interrupted while it read the file.");
        }
    }
}
