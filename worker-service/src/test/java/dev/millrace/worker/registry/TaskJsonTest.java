package dev.millrace.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.worker.registry.SampleTasks.Anything;
import dev.millrace.worker.registry.SampleTasks.Attachment;
import dev.millrace.worker.registry.SampleTasks.Mail;
import dev.millrace.worker.registry.SampleTasks.Moments;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskJsonTest {

    private static final String MAIL = "{'to':'a','copies':1,'attachments':[],'weights':{}}";
    private static final String MOMENTS = "{'instant':'2026-01-02T03:04:05Z','duration':'PT0.5S',"
            + "'local':'2026-01-02T03:04:05','id':'00000000-0000-0001-0000-000000000002','amount':1.10}";

    @Test
    void takesAnOptionalFieldThatIsAbsentOrNullAsTheSame() {
        Mail absent = mail(MAIL);
        Mail nulls = mail(MAIL.replace("}}", "},'subject':null,'delay':null,'size':null}"));
        assertThat(nulls).isEqualTo(absent);
        assertThat(absent.delay()).isEmpty();
        assertThat(absent.subject()).isNull();
    }

    @Test
    void readsWhatIsThere() {
        Mail mail = mail(MAIL.replace("}}", "},'delay':'PT1M','size':'LARGE'}"));
        assertThat(mail.delay()).contains(Duration.ofMinutes(1));
        assertThat(mail.size()).isEqualTo(SampleTasks.Size.LARGE);
    }

    @Test
    void writesTimesAsTextAndKeepsTheDigitsOfFractions() {
        Object moments = decode(MOMENTS, Moments.class);
        assertThat(encode(moments)).isEqualTo(MOMENTS.replace('\'', '"'));
    }

    @Test
    void takesNullForAnyJsonButNotItsAbsence() {
        assertThat(((Anything) decode("{'value':null}", Anything.class)).value().isNull())
                .isTrue();
        assertThat(refusal("{}", Anything.class)).isEqualTo("The payload does not fit at '/value': is missing.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'copies':1,'attachments':[],'weights':{}} | /to | is missing",
                "{'to':null,'copies':1,'attachments':[],'weights':{}} | /to | is null, expected a text",
                "{'to':7,'copies':1,'attachments':[],'weights':{}} | /to | expected a text",
                "{'to':'a','copies':'1','attachments':[],'weights':{}} | /copies | expected a whole number in the range of int",
                "{'to':'a','copies':1.5,'attachments':[],'weights':{}} | /copies | expected a whole number in the range of int",
                "{'to':'a','copies':null,'attachments':[],'weights':{}} | /copies | is null, expected a whole number in the range of int",
                "{'to':'a','copies':1,'attachments':{},'weights':{}} | /attachments | expected an array",
                "{'to':'a','copies':1,'attachments':[{'name':'n'},{}],'weights':{}} | /attachments/1/name | is missing",
                "{'to':'a','copies':1,'attachments':[],'weights':{'a/b~c':'x'}} | /weights/a~1b~0c | expected a whole number in the range of Integer",
                "{'to':'a','copies':1,'attachments':[],'weights':{},'size':'HUGE'} | /size | expected one of SMALL, LARGE",
                "{'to':'a','copies':1,'attachments':[],'weights':{},'delay':'soon'} | /delay | expected an ISO-8601 duration such as PT30S",
                "{'to':'a','copies':0,'attachments':[],'weights':{}} | `` | copies is 0",
                "{'to':'a','copies':1,'attachments':[],'weights':{},'cc':1} | /cc | no such field, known are attachments, copies, delay, size, subject, to, weights",
                "null | `` | is null, expected an object",
                "[] | `` | expected an object",
                "{'to':'a',,} | `` | not JSON, or a field twice (line 1, column 11)",
                "{'to':'a','to':'b'} | `` | not JSON, or a field twice (line 1, column 15)",
            })
    void namesThePlaceAndWhatWasExpected(String json, String pointer, String reason) {
        assertThat(refusal(json, Mail.class))
                .isEqualTo("The payload does not fit at '" + pointer + "': " + reason + ".");
    }

    @Test
    void neverRepeatsAValue() {
        for (String secret : new String[] {
            MAIL.replace("1", "'s3cret'"), MAIL.replace("}}", "},'size':'s3cret'}"), "{'to':s3cret}", "s3cret"
        }) {
            assertThat(refusal(secret, Mail.class)).doesNotContain("s3cret");
        }
    }

    @Test
    void refusesWhatFollowsTheValue() {
        assertThat(refusal(MAIL + " {}", Mail.class)).contains("expected");
    }

    @Test
    void refusesMoreThan64Levels() {
        String deep = "{'name':'n','inner':".repeat(65) + "null" + "}".repeat(65);
        assertThat(refusal(deep, Attachment.class)).contains("deeper than 64 levels");
        String right = "{'name':'n','inner':".repeat(64) + "null" + "}".repeat(64);
        assertThat(decode(right, Attachment.class)).isInstanceOf(Attachment.class);
    }

    @Test
    void refusesNumbersOfMoreThan100Digits() {
        assertThat(refusal("{'value':" + "9".repeat(101) + "}", Anything.class)).contains("a number over 100");
    }

    @Test
    void writesNoResultDeeperThan64Levels() {
        Attachment deep = new Attachment("leaf", null);
        for (int i = 0; i < 65; i++) {
            deep = new Attachment("n", deep);
        }
        Attachment result = deep;
        assertThat(catchThrowableOfType(ResultRefused.class, () -> encode(result)))
                .hasMessageContaining("Attachment");
    }

    @Test
    void writesAbsentOptionalsAsNull() {
        assertThat(encode(new SampleTasks.Sent(new java.util.UUID(0, 0), java.time.Instant.EPOCH, Optional.empty())))
                .endsWith("\"note\":null}");
    }

    private static Mail mail(String json) {
        return (Mail) decode(json, Mail.class);
    }

    private static Object decode(String json, Class<?> type) {
        return TaskJson.decode(
                json.replace('\'', '"'), TypeFactory.defaultInstance().constructType(type));
    }

    private static String encode(Object value) {
        return TaskJson.encode(value, TypeFactory.defaultInstance().constructType(value.getClass()));
    }

    private static String refusal(String json, Class<?> type) {
        return String.valueOf(catchThrowableOfType(PayloadRefused.class, () -> decode(json, type))
                .getMessage());
    }
}
