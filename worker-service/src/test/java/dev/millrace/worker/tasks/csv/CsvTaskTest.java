package dev.millrace.worker.tasks.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.outbound.OutboundFailed;
import dev.millrace.worker.outbound.OutboundRefused;
import dev.millrace.worker.tasks.RecordingContext;
import dev.millrace.worker.tasks.RecordingContext.Progress;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTaskTest {

    private final ObjectMapper json = new ObjectMapper();
    private final LocalWeb web = new LocalWeb();
    private final RecordingContext context = RecordingContext.ofAttempt(1);

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void readsTypedColumnsAndShowsASample() throws Exception {
        var report = task(Map.of()).read(json.readValue("""
                {"text":"id;price;day;at;ok;note\\n1;2.50;2026-01-31;2026-01-31T10:00:00+01:00;TRUE;\\n",
                 "separator":";","columns":[{"name":"id","type":"integer","required":true},{"name":"price","type":"decimal"},
                 {"name":"day","type":"date"},{"name":"at","type":"timestamp"},{"name":"ok","type":"boolean"},{"name":"note"}]}
                """, CsvImport.class), context);

        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.errors()).isEmpty();
        assertThat(report.sample().getFirst())
                .containsExactly(
                        entry("id", BigInteger.ONE),
                        entry("price", new BigDecimal("2.50")),
                        entry("day", "2026-01-31"),
                        entry("at", "2026-01-31T09:00:00Z"),
                        entry("ok", true),
                        entry("note", null));
        assertThat(json.writeValueAsString(report))
                .startsWith(
                        "{\"rows\":1,\"valid\":1,\"invalid\":0,\"errors\":[],\"sample\":[{\"id\":1,\"price\":2.50,");
    }

    @ParameterizedTest
    @CsvSource({
        "integer, 1.5",
        "integer, one",
        "integer, 1e3",
        "decimal, '1,5'",
        "decimal, 1e9",
        "decimal, NaN",
        "decimal, .",
        "boolean, yes",
        "date, 31.01.2026",
        "date, 2026-02-30",
        "timestamp, 2026-01-31T10:00:00",
        "timestamp, soon",
        "integer, ١"
    })
    void namesTheRowAndColumnOfAValueOfAnotherType(String type, String value) throws Exception {
        var column = new Column("v", ColumnType.valueOf(type.toUpperCase(Locale.ROOT)), null, null);

        var report = read("a,v\r\nx,\r\n\"multi\r\nline\",\r\n\r\ny,\"" + value + "\"\r\n", column);

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.valid()).isEqualTo(2);
        assertThat(report.errors())
                .containsExactly(new RowError(
                        6, "v", "The value is not " + column.typeOrDefault().description() + "."));
    }

    @Test
    void demandsRequiredValuesAndPatterns() throws Exception {
        var report = read(
                "a,b\n,x1\nv,y1\nv,x12\nv,x1\n",
                new Column("a", null, true, null),
                new Column("b", null, null, "x[0-9]"));

        assertThat(report.errors())
                .containsExactly(
                        new RowError(2, "a", "A value is required."),
                        new RowError(3, "b", "The value does not match the column's pattern."),
                        new RowError(4, "b", "The value does not match the column's pattern."));
        assertThat(report.invalid()).isEqualTo(3);
    }

    @Test
    void reportsRaggedRowsAndGoesOn() throws Exception {
        var report = read("a,b\n1\n1,2,3\n1,2\n");

        assertThat(report.errors())
                .containsExactly(
                        new RowError(2, null, "The record has 1 fields, the header 2."),
                        new RowError(3, null, "The record has 3 fields, the header 2."));
        assertThat(report.valid()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n3,\"open\n4,5\n", "a,b\n1,2\n3,\"x\"y\n4,5\n"})
    void reportsBrokenQuotesAsTheLastError(String text) throws Exception {
        var report = read(text);

        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.invalid()).isEqualTo(1);
        assertThat(report.errors()).singleElement().satisfies(error -> {
            assertThat(error.row()).isEqualTo(3);
            assertThat(error.message()).contains("nothing from here on was read");
        });
    }

    @Test
    void countsEveryErrorButDescribesTheFirst() throws Exception {
        var payload = new CsvImport(
                null, "a\n" + "x\n".repeat(500), null, List.of(new Column("a", ColumnType.INTEGER, null, null)), 3);

        var report = task(Map.of()).read(payload, context);

        assertThat(report.invalid()).isEqualTo(500);
        assertThat(report.errors()).extracting(RowError::row).containsExactly(2L, 3L, 4L);
    }

    @Test
    void staysWithinTheSizeOfAResult() throws Exception {
        String name = "列".repeat(128);
        var column = new Column(name, ColumnType.INTEGER, null, null);
        var wide = new StringBuilder(name);
        for (int i = 0; i < 1000; i++) {
            wide.append(",c").append(i);
        }
        String good = "1" + (",\"" + "\"\"".repeat(300) + "\"").repeat(1000);
        String bad = "x" + ",".repeat(1000);

        var report = task(Map.of())
                .read(
                        new CsvImport(
                                null,
                                wide + "\n" + (good + "\n").repeat(3) + (bad + "\n").repeat(1000),
                                null,
                                List.of(column),
                                1000),
                        context);

        assertThat(report.invalid()).isEqualTo(1000);
        assertThat(json.writeValueAsBytes(report).length).isLessThan(256 * 1024);
    }

    @Test
    void showsNothingThatCannotBeStored() throws Exception {
        var report = read(
                "ab,n\nx,1" + "0".repeat(80) + "\nx\0y,1\nxy,1\n", new Column("n", ColumnType.INTEGER, null, null));

        assertThat(report.errors()).extracting(RowError::row).containsExactly(2L, 3L);
        assertThat(report.sample()).containsExactly(Map.of("ab", "xy", "n", BigInteger.ONE));
        assertThatThrownBy(() -> read("a\0b\nx\n")).isInstanceOf(UnreadableCsv.class);
    }

    @Test
    void readsFromAUrlWithMarkCharsetAndProgress() throws Exception {
        web.serve("/mark.csv", "text/csv", "\ufeffname\nZürich\n".getBytes(UTF_8));
        web.serve("/latin.csv", "text/csv; charset=ISO-8859-1", "name\nZürich\n".getBytes(ISO_8859_1));

        for (String path : List.of("/mark.csv", "/latin.csv")) {
            assertThat(fetch(path).sample()).as(path).containsExactly(Map.of("name", "Zürich"));
        }
        assertThat(context.reports()).last().isEqualTo(new Progress(12, 12, "1 rows"));
    }

    @Test
    void admits200Columns() {
        List<Column> most = IntStream.range(0, 200)
                .mapToObj(i -> new Column("c" + i, null, null, null))
                .toList();
        List<Column> more = Stream.concat(most.stream(), Stream.of(new Column("d", null, null, null)))
                .toList();

        assertThat(new CsvImport(null, "", null, most, null).checkedColumns()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CsvImport(null, "", null, more, null))
                .withMessageContaining("201 entries, more than 200");
    }

    @Test
    void admits4096FieldsOfAMebibyteAtMost() throws Exception {
        String names = IntStream.range(0, 4096).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String longest = "x".repeat(1 << 20);

        assertThat(read(names + "\n" + names + "\n").valid()).isEqualTo(1);
        assertThat(read("a\n" + longest + "\n").valid()).isEqualTo(1);
        assertThat(read("a\nb\n" + names + ",d\n").errors())
                .extracting(RowError::message)
                .containsExactly(
                        "The quotes of the record are broken, or it is too long: nothing from here on was read.");
        assertThat(read("a\nb\n" + longest + "x\nc\n").invalid()).isEqualTo(1);
    }

    @Test
    void keepsCharactersThatStandForLostOnesWhereTheFileHasThem() throws Exception {
        web.serve("/lost.csv", "text/csv", "name\nZ\ufffdrich\n😀\n".getBytes(UTF_8));

        assertThat(fetch("/lost.csv").sample()).containsExactly(Map.of("name", "Z\ufffdrich"), Map.of("name", "😀"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1251", "KOI8-R", "GB18030", "Shift_JIS", "UTF-16"})
    void readsTheCharsetThatTheAnswerNames(String charset) throws Exception {
        web.serve("/named.csv", "text/csv; charset=" + charset, "name\nЖук\n".getBytes(Charset.forName(charset)));

        assertThat(fetch("/named.csv").sample()).containsExactly(Map.of("name", "Жук"));
    }

    @ParameterizedTest
    @CsvSource({"EFBBBF, UTF-8", "FFFE, UTF-16LE", "FEFF, UTF-16BE", "FFFE0000, UTF-32LE", "0000FEFF, UTF-32BE"})
    void believesAByteOrderMark(String mark, String charset) throws Exception {
        byte[] text = "name\nЖук\n".getBytes(Charset.forName(charset));
        byte[] file = HexFormat.of().parseHex(mark + HexFormat.of().formatHex(text));
        web.serve("/marked.csv", "text/csv; charset=iso-8859-1", file);

        assertThat(fetch("/marked.csv").sample()).containsExactly(Map.of("name", "Жук"));
    }

    @Test
    void namesACharsetThatItDoesNotKnow() {
        web.serve("/klingon.csv", "text/csv; charset=klingon", "name\nx\n".getBytes(UTF_8));

        assertThatThrownBy(() -> fetch("/klingon.csv"))
                .isInstanceOf(UnreadableCsv.class)
                .hasMessageContaining("'klingon'");
    }

    @Test
    void countsRecordsWhoseBytesAreNotOfTheCharsetAsErrors() throws Exception {
        web.serve("/latin.csv", "text/csv", "name\nBern\nZürich\nChur\n".getBytes(ISO_8859_1));
        web.serve("/header.csv", "text/csv", "größe\n1\n".getBytes(ISO_8859_1));

        var report = fetch("/latin.csv");

        assertThat(report.errors())
                .containsExactly(new RowError(3, null, "The record is no text in UTF-8, the file's charset."));
        assertThat(report.sample()).containsExactly(Map.of("name", "Bern"), Map.of("name", "Chur"));
        assertThatThrownBy(() -> fetch("/header.csv"))
                .isInstanceOf(UnreadableCsv.class)
                .hasMessageContaining("serve the file as UTF-8");
    }

    @Test
    void failsAsAWholeWithoutAUsableHeader() {
        failsAsAWhole("", "is empty");
        failsAsAWhole("a,a\n1,2\n", "names 'a' more than once");
        failsAsAWhole("b;c\n", "lacks 'v'; it has 'b;c'");
        failsAsAWhole("\"v\n", "quotes of the header are broken");
    }

    @Test
    void failsWhenTheDownloadBreaksOff() {
        web.serve("/cut.csv", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("a\n1\n".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("The server dies here.");
        });

        assertThatThrownBy(() -> fetch("/cut.csv"))
                .isInstanceOf(OutboundFailed.class)
                .hasMessageContaining("broke off before the end");
    }

    @Test
    void failsWhenTheFileIsLargerThanAllowed() {
        web.serve("/large.csv", "a\n" + "1\n".repeat(1000));

        assertThatThrownBy(() -> task(Map.of("millrace.worker.tasks.csv.max-bytes", "1000"))
                        .read(new CsvImport(web.url("/large.csv"), null, null, null, null), context))
                .isInstanceOf(OutboundRefused.class)
                .hasMessageContaining("1000 bytes allowed");
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read("a\n" + "1\n".repeat(2000))).isInstanceOf(InterruptedException.class);
        assertThat(context.reports()).hasSize(1);
    }

    @Test
    void isNotHungByAnyPattern() throws Exception {
        var report = read(
                "a\n" + "x".repeat(9000) + "\n" + "x".repeat(10_001) + "\n", new Column("a", null, null, "(x+x+)+y"));

        assertThat(report.errors()).extracting(RowError::row).containsExactly(2L, 3L);
    }

    @Test
    void refusesPayloadsThatMakeNoSense() {
        refuses(() -> new CsvImport(null, null, null, null, null), "neither is given");
        refuses(() -> new CsvImport("http://x/", "a", null, null, null), "each of them is given");
        refuses(() -> new CsvImport(null, "a", ";;", null, null), "separator");
        refuses(() -> new CsvImport(null, "a", "\"", null, null), "separator");
        refuses(() -> new CsvImport(null, "a", null, null, 1001), "maxErrors is 1001");
        var twice = List.of(new Column("a", null, null, null), new Column("a", null, null, null));
        refuses(() -> new CsvImport(null, "a", null, twice, null), "'a' twice");
        refuses(() -> new Column("", null, null, null), "1 to 128 characters");
        refuses(() -> new Column("a", null, null, "(a"), "cannot be used");
        refuses(() -> new Column("a", null, null, "(?=a)"), "cannot be used");
        refuses(() -> new Column("a", null, null, "((a{100}){100}){100}"), "too large");
    }

    @Test
    void hasConfigurationThatIsCheckedAtStart() {
        CsvConfig defaults = config(Map.of());
        assertThat(defaults.maxBytes().asLongValue()).isEqualTo(1L << 30);
        assertThat(defaults.downloadTimeout()).isEqualTo(Duration.ofMinutes(30));

        refuses(() -> task(Map.of("millrace.worker.tasks.csv.max-bytes", "0")), "csv.max-bytes");
        refuses(() -> task(Map.of("millrace.worker.tasks.csv.download-timeout", "PT0S")), "csv.download-timeout");
    }

    private CsvPage rows(String text, @Nullable Integer after, @Nullable Integer limit) throws Exception {
        return task(Map.of()).rows(new CsvRows(null, text, null, null, after, limit), context);
    }

    private static int following(CsvPage page) {
        return Math.toIntExact(Objects.requireNonNull(page.next()));
    }

    /** Page behind page makes the file, whatever the size of a page. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1_000})
    void pagesOfRowsAreTheFile(int limit) throws Exception {
        String text = "n\n" + IntStream.range(0, 10).mapToObj(n -> n + "\n").collect(Collectors.joining());
        StringBuilder read = new StringBuilder();
        Integer after = null;
        do {
            CsvPage page = rows(text, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(item -> read.append(item.get("n")));
            after = page.next() == null ? null : Math.toIntExact(page.next());
        } while (after != null);

        assertThat(read).hasToString("0123456789");
    }

    @Test
    void aPageHasTheRowsWithoutErrorsAndSaysWhatIsWrongWithTheOthers() throws Exception {
        CsvPage page = task(Map.of()).rows(json.readValue("""
                {"text":"id\\n1\\nx\\n3\\n","columns":[{"name":"id","type":"integer"}]}""", CsvRows.class), context);

        assertThat(page.items()).containsExactly(Map.of("id", BigInteger.ONE), Map.of("id", BigInteger.valueOf(3)));
        assertThat(page.errors()).extracting(RowError::row).containsExactly(3L);
        assertThat(page.next()).isNull();
    }

    /** A page ends before what does not fit; what would fit into none is an error. */
    @Test
    void aPageFitsIntoAResult() throws Exception {
        String text = "a\n" + ("x".repeat(90_000) + "\n").repeat(4) + "y".repeat(250_000) + "\nz\n";

        CsvPage first = rows(text, null, null);
        CsvPage second = rows(text, following(first), null);
        CsvPage third = rows(text, following(second), null);

        assertThat(List.of(
                        first.items().size(),
                        second.items().size(),
                        third.items().size()))
                .containsExactly(2, 2, 1);
        assertThat(third.errors()).extracting(RowError::message).containsExactly("The record is too long for a page.");
        assertThat(json.writeValueAsBytes(first)).hasSizeLessThan(256 * 1024);
    }

    @Test
    void aPageWithBrokenQuotesIsTheLast() throws Exception {
        CsvPage page = rows("a\n1\n\"2\n3\n", null, null);

        assertThat(page.items()).hasSize(1);
        assertThat(page.errors()).hasSize(1);
        assertThat(page.next()).isNull();
    }

    @Test
    void refusesPagesThatMakeNoSense() {
        refuses(() -> new CsvRows(null, null, null, null, null, null), "exactly one");
        refuses(() -> new CsvRows(null, "a", null, null, -1, null), "after is -1");
        refuses(() -> new CsvRows(null, "a", null, null, null, 1_001), "limit is 1001");
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    private void failsAsAWhole(String text, String message) {
        assertThatThrownBy(() -> read(text, new Column("v", null, null, null)))
                .isInstanceOf(UnreadableCsv.class)
                .hasMessageContaining(message);
    }

    private CsvReport read(String text, Column... columns) throws Exception {
        @Nullable List<Column> declared = columns.length == 0 ? null : List.of(columns);
        return task(Map.of()).read(new CsvImport(null, text, null, declared, null), context);
    }

    private CsvReport fetch(String path) throws Exception {
        return task(Map.of()).read(new CsvImport(web.url(path), null, null, null, null), context);
    }

    private static CsvTask task(Map<String, String> properties) {
        return new CsvTask(LocalWeb.client(), config(properties));
    }

    static CsvConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CsvConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(CsvConfig.class);
    }
}
