package dev.millrace.proving.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import dev.millrace.proving.Api;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tasks that ship, with the servers that they talk to: what they return, and how they fail. */
abstract class ShippedTasks {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Api api;
    private final GreenMail mails;
    private final Web web;

    ShippedTasks(Api api, GreenMail mails, Web web) {
        this.api = api;
        this.mails = mails;
        this.web = web;
    }

    /** Charsets that a program has only if it was built with them, and words in each. */
    static Stream<List<String>> charsets() {
        return Stream.of(
                List.of("windows-1251", "Мельница"),
                List.of("windows-1252", "Mühle – 5 €"),
                List.of("iso-8859-2", "młyn"),
                List.of("iso-8859-15", "moulin à 5 €"),
                List.of("koi8-r", "мельница"),
                List.of("gbk", "水磨"),
                List.of("big5", "水磨"),
                List.of("shift_jis", "水車小屋"),
                List.of("euc-jp", "水車小屋"),
                List.of("euc-kr", "물레방아"));
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void textsInEachCharsetArriveAsTheyAre(List<String> charsetAndWords) {
        Charset charset = Charset.forName(charsetAndWords.getFirst());
        String words = charsetAndWords.getLast();

        String text = web.page("text/plain", words, charset);
        assertThat(result("http.request", "{\"url\":\"%s\"}", text).path("body").asText())
                .isEqualTo(words);

        String feed = web.page("application/rss+xml", rss(words, charset.name()), charset);
        assertThat(result("feed.read", "{\"url\":\"%s\"}", feed)
                        .at("/items/0/title")
                        .asText())
                .isEqualTo(words);

        String csv = web.page("text/csv", "name\n" + words + "\n", charset);
        assertThat(result("csv.import", "{\"url\":\"%s\",\"columns\":[{\"name\":\"name\"}]}", csv)
                        .at("/sample/0/name")
                        .asText())
                .isEqualTo(words);
    }

    @Test
    void aFeedMayNameItsEncodingItself() {
        Charset charset = Charset.forName("koi8-r");
        String feed = web.page(
                200,
                Map.of("Content-Type", "application/xml"),
                rss("мельница", "koi8-r").getBytes(charset));

        assertThat(result("feed.read", "{\"url\":\"%s\"}", feed)
                        .at("/items/0/title")
                        .asText())
                .isEqualTo("мельница");
    }

    /** A kind of answer, what it holds, and the type of the error that a job ends with. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        feed.read    | 200 | application/rss+xml | <rss><channel><item><title>a</rss> | UnreadableFeed
        feed.read    | 200 | application/rss+xml | <rss>&nothing;<channel              | UnreadableFeed
        feed.read    | 200 | text/html           | <html><p>no feed                    | UnreadableFeed
        feed.read    | 404 | text/plain          | not here                            | OutboundFailed
        csv.import   | 200 | text/csv            | `only,some`                         | UnreadableCsv
        http.request | 403 | text/plain          | no                                  | StatusRefused
        """)
    void whatCannotBeReadEndsWithTheErrorThatSaysSo(String task, int status, String type, String body, String error) {
        String url = web.page(status, Map.of("Content-Type", type), body.getBytes(UTF_8));
        String payload = task.equals("csv.import")
                ? "{\"url\":\"%s\",\"columns\":[{\"name\":\"missing\"}]}".formatted(url)
                : "{\"url\":\"%s\"}".formatted(url);

        JsonNode job = ended(task, payload);

        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("FAILED");
        assertThat(job.at("/error/type").asText()).as(job.toString()).endsWith(error);
    }

    @Test
    void aFieldThatIsNoNumberIsReportedWithItsRow() {
        JsonNode report = result(
                "csv.import",
                "{\"text\":\"id,day\\n"
                        + "1,2026-03-29\\n"
                        + "x,2026-02-30\\n"
                        + "\",\"columns\":[{\"name\":\"id\",\"type\":\"integer\"},"
                        + "{\"name\":\"day\",\"type\":\"date\"}]%s}",
                "");

        assertThat(report.path("rows").asInt()).isEqualTo(2);
        assertThat(report.path("invalid").asInt()).isEqualTo(1);
        // The header is the first.
        assertThat(report.at("/errors/0/row").asInt()).isEqualTo(3);
    }

    @Test
    void aRequestCarriesItsBodyAndFollowsARedirect() {
        String there = web.page("application/json", "{\"arrived\":true}", UTF_8);
        String here = web.page(307, Map.of("Location", there), new byte[0]);

        JsonNode reply = result("http.request", "{\"url\":\"%s\",\"method\":\"POST\",\"body\":{\"a\":1}}", here);

        assertThat(reply.at("/body/arrived").asBoolean()).isTrue();
        assertThat(reply.path("requests")).hasSize(2);
        assertThat(reply.at("/requests/1/method").asText()).isEqualTo("POST");
    }

    @Test
    void aServerThatIsNotThereIsWorthAnotherTry() {
        JsonNode job = ended("http.request", "{\"url\":\"http://127.0.0.1:1/\"}", ",\"retry\":{\"maxAttempts\":1}");

        assertThat(job.at("/error/type").asText()).as(job.toString()).endsWith("OutboundFailed");
    }

    @Test
    void anAddressThatWorkersMayNotReachIsRefused() {
        JsonNode job = ended("http.request", "{\"url\":\"http://10.0.0.1/\"}");

        assertThat(job.at("/error/type").asText()).as(job.toString()).endsWith("OutboundRefused");
    }

    @Test
    void aMailArrivesAsItWasWritten() throws MessagingException {
        int before = mails.getReceivedMessages().length;
        JsonNode sent = result(
                "email.send",
                "{\"to\":[\"Jürgen <j@example.org>\"],\"subject\":\"Mühle –"
                        + " 水車\",\"text\":\"Grüße\",\"html\":\"<p>Grüße</p>\","
                        + "\"attachments\":[{\"name\":\"Übersicht.txt\",\"type\":\"text/plain\",\"base64\":\"w7w=\"}]%s}",
                "");

        assertThat(sent.path("recipients")).hasSize(1);
        MimeMessage[] received = mails.getReceivedMessages();
        assertThat(received).hasSize(before + 1);
        MimeMessage mail = received[before];
        assertThat(mail.getSubject()).isEqualTo("Mühle – 水車");
        assertThat(mail.getMessageID()).isEqualTo(sent.path("messageId").asText());
        assertThat(GreenMailUtil.getWholeMessage(mail)).contains("multipart/mixed", "multipart/alternative");
    }

    private static String rss(String title, String encoding) {
        return "<?xml version=\"1.0\" encoding=\"%s\"?><rss version=\"2.0\"><channel><title>c</title><item><title>%s</title></item></channel></rss>"
                .formatted(encoding, title);
    }

    private JsonNode result(String task, String payload, String url) {
        JsonNode job = ended(task, payload.formatted(url));
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("SUCCEEDED");
        return job.path("result");
    }

    private JsonNode ended(String task, String payload) {
        return ended(task, payload, "");
    }

    private JsonNode ended(String task, String payload, String more) {
        Api.Answer answer = api.post("/jobs", "{\"task\":\"%s\",\"payload\":%s%s}".formatted(task, payload, more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return api.ended(answer.body().path("id").asText(), PATIENCE);
    }
}
