package dev.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.sensitive.Secrets;
import dev.millrace.sensitive.SensitiveFields;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class LineFilterTest {

    private static final PatternFormatter TEXT = new PatternFormatter("%p %s%x%e%n");

    private final LineFilter filter = new LineFilter();

    @Test
    void noMessageArgumentFieldOrExceptionBeginsALineOfItsOwn() {
        String forged = "\nERROR forged\u2028ERROR forged";
        ExtLogRecord line = new ExtLogRecord(
                Level.WARN,
                "It says '%s'." + forged,
                ExtLogRecord.FormatStyle.PRINTF,
                getClass().getName());
        line.setParameters(new Object[] {forged});
        line.setMdc(Map.of("task", forged));
        line.setThreadName(forged);
        line.setThrown(new IOException(forged, new IllegalStateException(forged)));

        String written = written(line);

        assertThat(written.lines()).noneMatch(one -> one.startsWith("ERROR"));
        assertThat(written.lines()
                        .filter(one -> !one.isBlank() && !one.startsWith("\tat ") && !one.startsWith("\t... ")))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("WARN It says '\\nERROR forged\\u2028ERROR forged'.\\nERROR forged");
        assertThat(line.getThreadName()).doesNotContain("\n");
    }

    @Test
    void tellsAnExceptionsTypesMessagesAndFrames() {
        ExtLogRecord line = line(new IOException("the cable", new IllegalStateException("is cut")));

        assertThat(written(line))
                .contains("java.io.IOException: the cable", "Caused by: java.lang.IllegalStateException: is cut")
                .contains("at " + LineFilterTest.class.getName());
    }

    @Test
    void keepsBackWhatParsersQuoteAndWhatRepeatsIt() {
        Throwable quoting = parserFailure("{\"key\": canary}");
        assertThat(quoting.getMessage()).contains("canary");

        assertThat(written(line(new CompletionException(quoting))))
                .doesNotContain("canary")
                .contains("CompletionException", quoting.getClass().getName());
    }

    @Test
    void boundsAnExceptionWhoseCausesGoInCirclesOrNeverEnd() {
        Throwable first = new IOException("x".repeat(50_000));
        Throwable second = new IOException("second", first);
        first.initCause(second);
        Throwable deep = new IOException("deepest");
        for (int i = 0; i < 5_000; i++) {
            deep = new IOException("deep", deep);
        }

        assertThat(written(line(first))).hasSizeLessThan(12 * 1024);
        assertThat(written(line(deep))).hasSizeLessThan(12 * 1024);
    }

    @Test
    void takesTheSecretsOfAJobOutOfItsLinesWhileItRuns() {
        Secrets secrets = SensitiveFields.of("{\"x-sensitive\":true}").secrets("[\"hunter2\",\"7000\"]");
        LineSecrets.Kept kept = LineSecrets.keep("job-7000", secrets);

        String during = written(lineOf("job-7000"));
        String another = written(lineOf("job-8000"));
        kept.end();
        String after = written(lineOf("job-7000"));

        assertThat(during).doesNotContain("hunter2").contains("It is '***'", "IOException: ***", "jobId=job-7000");
        assertThat(during).contains("note=of ***");
        assertThat(another).contains("It is 'hunter2'");
        assertThat(after).contains("It is 'hunter2'");
    }

    @Test
    void keepsTheSecretsOfARunWhenAnotherOneOfItsJobEnds() {
        SensitiveFields all = SensitiveFields.of("{\"x-sensitive\":true}");
        LineSecrets.Kept one = LineSecrets.keep("twice", all.secrets("[\"hunter2\"]"));
        LineSecrets.Kept other = LineSecrets.keep("twice", all.secrets("[\"hunter2\",\"more\"]"));

        one.end();
        assertThat(written(lineOf("twice"))).doesNotContain("hunter2");
        other.end();
        assertThat(written(lineOf("twice"))).contains("hunter2");
    }

    private static ExtLogRecord lineOf(String job) {
        ExtLogRecord line = new ExtLogRecord(
                Level.WARN, "It is '%s'.", ExtLogRecord.FormatStyle.PRINTF, LineFilterTest.class.getName());
        line.setParameters(new Object[] {"hunter2"});
        line.setMdc(Map.of("jobId", job, "note", "of hunter2"));
        line.setThrown(new IOException("hunter2"));
        return line;
    }

    @Test
    void leavesALineThatPassedTwiceAsItWas() {
        ExtLogRecord line = line(new IOException("once"));
        String once = written(line);

        assertThat(written(line)).isEqualTo(once);
    }

    private String written(ExtLogRecord line) {
        assertThat(filter.isLoggable(line)).isTrue();
        return TEXT.format(line);
    }

    private static ExtLogRecord line(Throwable thrown) {
        ExtLogRecord line = new ExtLogRecord(Level.WARN, "It failed.", LineFilterTest.class.getName());
        line.setThrown(thrown);
        return line;
    }

    private static Throwable parserFailure(String text) {
        try {
            throw new AssertionError("parsed: " + new ObjectMapper().readTree(text));
        } catch (JsonProcessingException quoting) {
            return quoting;
        }
    }
}
