package dev.millrace.worker.tasks.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.millrace.worker.tasks.Repeats;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Mails of every shape through a real SMTP server. */
class MailsTest {

    private static final int LONGEST_LINE = 998;
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static Emails emails = new Emails(1, Duration.ofSeconds(1));

    @BeforeAll
    static void start() {
        SERVER.start();
        emails.close();
        emails = new Emails(SERVER.getSmtp().getPort(), Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        emails.close();
        SERVER.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "mails.txt", delimiter = '|', quoteCharacter = '`')
    void arriveAsTheyWereOrAreRefusedByARule(String what, String fields, @Nullable String refusal) throws Exception {
        String payload = payload(Repeats.expanded(fields));
        if (refusal == null) {
            emails.send(payload);
            assertThatArrived(Emails.mail(payload));
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Emails.mail(payload))
                    .withMessageContaining(refusal)
                    .withMessageNotContaining("hidden");
        }
    }

    private static void assertThatArrived(Email sent) throws Exception {
        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(received).hasSize((int)
                sent.recipients().map(Mailbox::address).distinct().count());
        assertThatIsAsItWas(received[0], sent);
        assertThatEveryServerPassesItOn(received[0]);
    }

    private static void assertThatIsAsItWas(MimeMessage mail, Email sent) throws Exception {
        ReceivedMail received = ReceivedMail.of(mail);
        assertThat(received.texts()).isEqualTo(texts(sent));
        assertThat(received.files())
                .isEqualTo(sent.files().stream()
                        .map(file -> Map.entry(file.name(), List.of(file.type(), file.base64())))
                        .toList());
        assertThat(mail.getSubject()).isEqualTo(sent.subject());
        assertThat(mail.getFrom()).containsExactly(address(sent.sender().orElseThrow()));
        assertThat(mail.getReplyTo())
                .containsExactly(address(sent.answers().or(sent::sender).orElseThrow()));
        assertThat(mail.getRecipients(RecipientType.TO))
                .containsExactly(sent.toAll().stream().map(MailsTest::address).toArray(InternetAddress[]::new));
        assertThat(mail.getRecipients(RecipientType.BCC)).isNull();
    }

    private static void assertThatEveryServerPassesItOn(MimeMessage mail) throws Exception {
        var raw = new ByteArrayOutputStream();
        mail.writeTo(raw);
        assertThat(raw.toString(ISO_8859_1).split("\r\n", -1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST_LINE))
                .allSatisfy(line -> assertThat(line).matches("[\\t\\x20-\\x7f]*"));
    }

    /** By subtype, in the order of the parts; a mail's lines end with CRLF. */
    private static List<Map.Entry<String, String>> texts(Email sent) {
        return Stream.concat(text("plain", sent.text()), text("html", sent.html()))
                .toList();
    }

    private static Stream<Map.Entry<String, String>> text(String subtype, @Nullable String text) {
        return Stream.ofNullable(text).map(given -> Map.entry(subtype, given.replaceAll("\r\n?|\n", "\r\n")));
    }

    private static InternetAddress address(Mailbox mailbox) {
        try {
            return new InternetAddress(mailbox.address(), mailbox.name().isEmpty() ? null : mailbox.name(), "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String payload(String fields) {
        String missing = Stream.of("'from':'a@b.example'", "'to':['c@d.example']", "'subject':'x'", "'text':'y'")
                .filter(field -> !fields.contains(field.substring(0, field.indexOf(':') + 1)))
                .filter(field -> !field.startsWith("'text'") || !fields.contains("'html':"))
                .map(field -> "," + field)
                .collect(Collectors.joining());
        return "{" + fields + missing + "}";
    }
}
