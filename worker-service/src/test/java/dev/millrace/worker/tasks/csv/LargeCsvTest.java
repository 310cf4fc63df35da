package dev.millrace.worker.tasks.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.tasks.RecordingContext;
import dev.millrace.worker.tasks.RecordingContext.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LargeCsvTest {

    private static final int ROWS = 1_000_000;
    private static final int ROWS_PER_LOOK = 250_000;
    private static final long BOUND = 32L << 20;
    private static final String FILLER = "x".repeat(90);

    private final LocalWeb web = new LocalWeb().serve("/large.csv", LargeCsvTest::write);

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void readsAMillionRowsInBoundedMemory() throws Exception {
        var columns =
                List.of(new Column("id", ColumnType.INTEGER, true, null), new Column("text", null, true, "[a-w]*"));
        var heap = new HeapWatch();
        var context = new RecordingContext(1, RecordingContext.ofAttempt(1).deadline(), heap, List.of(), List.of());

        var report = new CsvTask(LocalWeb.client(), CsvTaskTest.config(Map.of()))
                .read(new CsvImport(web.url("/large.csv"), null, null, columns, 1000), context);

        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.invalid()).isEqualTo(ROWS);
        assertThat(heap.looks).isGreaterThanOrEqualTo(ROWS / ROWS_PER_LOOK);
        assertThat(heap.most - heap.first).isLessThan(BOUND);
    }

    private static void write(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        var out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16);
        out.write("id,text\n".getBytes(UTF_8));
        for (int row = 0; row < ROWS; row++) {
            out.write((row + "," + FILLER + "\n").getBytes(UTF_8));
        }
        out.flush();
    }

    /** Looks at what is reachable each time enough rows have passed; the file is three times the bound. */
    private static final class HeapWatch extends AbstractList<Progress> {

        private int looks;
        private long first;
        private long most;

        @Override
        public boolean add(Progress report) {
            if (report.current() % ROWS_PER_LOOK == 0 || looks == 0) {
                look();
            }
            return true;
        }

        private void look() {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            first = looks == 0 ? used : first;
            most = Math.max(most, used);
            looks++;
        }

        @Override
        public Progress get(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
