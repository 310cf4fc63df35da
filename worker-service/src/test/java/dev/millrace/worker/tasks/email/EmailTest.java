package dev.millrace.worker.tasks.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.millrace.worker.tasks.RecordingContext;
import dev.millrace.worker.tasks.email.EmailConfig.Transport;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EmailTest {

    private static final String REST = ",'subject':'x','text':'y'}";

    @Inject
    EmailTask unconfigured;

    @Test
    void saysWhatToConfigureInAWorkerWithoutMail() {
        assertThatThrownBy(() -> unconfigured.send(
                        Emails.mail("{'to':['a@b.example'],'from':'c@d.example'" + REST),
                        RecordingContext.ofAttempt(1)))
                .isInstanceOf(EmailRefused.class)
                .hasMessageContaining("millrace.worker.tasks.email.transport")
                .hasMessageContaining("quarkus.mailer.host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'to':['a@b.example\\r\\nBcc: c@d.example']" + REST,
                "{'to':['A\\nBcc: c@d.example <a@b.example>']" + REST,
                "{'to':['a@b.example'],'cc':['x\\r\\n <a@b.example>']" + REST,
                "{'to':['a@b.example'],'from':'x\\u0085y <a@b.example>'" + REST,
                "{'to':['a@b.example'],'replyTo':'a@b.example\\rX: y'" + REST,
                "{'to':['a@b.example'],'text':'y','subject':'x\\r\\nBcc: c@d.example'}",
                "{'to':['a@b.example'],'text':'y','subject':'x\\u2028Bcc: c@d.example'}",
                "{'to':['a@b.example'],'attachments':[{'name':'x\\r\\ny','type':'a/b','base64':''}]" + REST
            })
    void refusesWhatWouldForgeHeaders(String payload) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Emails.mail(payload))
                .withMessageContaining("would forge headers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a@",
                "@b",
                "a b@c.example",
                "a@b@c",
                ".a@b",
                "a..b@c",
                "a@-b.example",
                "a@b_c",
                "a@[1.2.3.4]",
                "ü@b.example",
                "a@b.example, c@d.example",
                "a@b.example> RCPT TO:<c@d.example",
                "<a@b.example",
                "A <a@b.example> B",
                "A <a@b.example> <c@d.example>"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Emails.mail("{'to':['" + address + "']" + REST))
                .withMessageContaining("no mail address");
    }

    @ParameterizedTest
    @CsvSource({
        "a@b.example, '', a@b.example",
        "<a+x@b.example>, '', a+x@b.example",
        "Jane Doe <jane@b.example>, Jane Doe, jane@b.example",
        "root@localhost, '', root@localhost",
        "Jürgen (Büro) <j@bücher.example>, Jürgen (Büro), j@xn--bcher-kva.example"
    })
    void readsAddressesWithAndWithoutNames(String text, String name, String address) {
        assertThat(Mailbox.parse("to", text)).isEqualTo(new Mailbox(name, address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'subject':'x','text':'y'} | at least one there",
                "{'to':[],'cc':['a@b.example'],'subject':'x','text':'y'} | at least one there",
                "{'to':['a@b.example'],'text':'y'} | subject is missing",
                "{'to':['a@b.example'],'subject':'x'} | text and html are both missing",
                "{'to':['a@b.example'],'subject':'x','text':'y','attachments':[null]} | attachment is null",
                "{'to':['a@b.example'],'subject':'x','text':'y','attachments':[{'name':'../x','type':'a/b','base64':''}]} | path for a name",
                "{'to':['a@b.example'],'subject':'x','text':'y','attachments':[{'name':'x','type':'a','base64':''}]} | not a media type",
                "{'to':['a@b.example'],'subject':'x','text':'y','attachments':[{'name':'x','type':'a/b','base64':'!'}]} | base64 is broken"
            })
    void refusesMailsThatMakeNoSense(String payload, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Emails.mail(payload))
                .withMessageContaining(message);
    }

    @Test
    void hasCapsOnRecipientsAndAttachments() {
        List<String> many = Stream.generate(() -> "a@b.example").limit(101).toList();
        var large = new EmailAttachment("x", "a/b", Base64.getEncoder().encodeToString(new byte[6 << 20]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Email(many, null, null, null, null, "x", "y", null, null))
                .withMessageContaining("101 recipients");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Email(
                        List.of("a@b.example"), null, null, null, null, "x", "y", null, List.of(large, large)))
                .withMessageContaining("12582912 bytes");
    }

    @Test
    void writesFilesThatMailProgramsOpen(@TempDir Path home) throws Exception {
        var task = new EmailTask(new MailFolder(home.resolve("mail")), Emails.config(Map.of()));
        String payload =
                "{'to':['a@b.example'],'bcc':['boss@b.example'],'subject':'Grüße','text':'ü','html':'<p>','attachments':[{'name':'x.bin','type':'a/b','base64':'AAEC'}]}";

        task.send(Emails.mail(payload), RecordingContext.ofAttempt(1));
        EmailSent sent = task.send(Emails.mail(payload), RecordingContext.ofAttempt(2));

        try (Stream<Path> files = Files.list(home.resolve("mail"))) {
            Path file = home.resolve("mail/00000000-0000-0000-0000-000000000001.eml");
            assertThat(files).containsExactly(file);
            String text = Files.readString(file);
            assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r", "boss");
            MimeMessage mail = GreenMailUtil.newMimeMessage(text);
            assertThat(mail.getMessageID()).isEqualTo(sent.messageId());
            assertThat(mail.getSubject()).isEqualTo("Grüße");
            assertThat(mail.getContentType()).startsWith("multipart/mixed");
        }
        assertThat(sent.recipients()).containsExactly("a@b.example", "boss@b.example");
    }

    @Test
    void failsForNowIfTheFolderCannotBeWritten(@TempDir Path home) throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        var task = new EmailTask(new MailFolder(file.resolve("mail")), Emails.config(Map.of()));

        assertThatThrownBy(() -> task.send(Emails.mail("{'to':['a@b.example']" + REST), RecordingContext.ofAttempt(1)))
                .isInstanceOf(EmailFailed.class)
                .hasMessageContaining("millrace.worker.tasks.email.folder");
    }

    @Test
    void takesItsDefaultsFromTheMailer() {
        EmailConfig config = Emails.config(Map.of());

        assertThat(config.transport()).isEqualTo(Transport.NONE);
        assertThat(config.folder()).endsWithRaw(Path.of("mail"));
        assertThat(config.from()).hasValue("Würfel AG <shop@example.org>");
        assertThat(config.bounceAddress()).isEmpty();
        assertThat(config.approvedRecipients()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Emails.config(Map.of("quarkus.mailer.approved-recipients", ".*@a.example,b@.*"))
                        .approvedRecipients())
                .hasValue(List.of(".*@a.example", "b@.*"));
    }

    @Test
    void mapsEveryKey() {
        EmailConfig config = Emails.config(keys(Map.of(
                "transport", "files",
                "folder", "/tmp/x",
                "from", "a@b.example",
                "bounce-address", "c@d.example",
                "approved-recipients", ".*",
                "timeout", "PT2S")));

        assertThat(config.transport()).isEqualTo(Transport.FILES);
        assertThat(config.folder()).isEqualTo(Path.of("/tmp/x"));
        assertThat(config.from()).hasValue("a@b.example");
        assertThat(config.bounceAddress()).hasValue("c@d.example");
        assertThat(config.approvedRecipients()).hasValue(List.of(".*"));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({"timeout, PT0S", "from, nobody", "bounce-address, nobody", "approved-recipients, ["})
    void refusesConfigurationThatMakesNoSense(String key, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailRules.of(Emails.config(keys(Map.of(key, value)))))
                .withMessageContaining("millrace.worker.tasks.email." + key);
    }

    @Test
    void refusesRecipientsThatAreNotApproved() {
        EmailRules rules = EmailRules.of(Emails.config(keys(Map.of("approved-recipients", ".*@OURS.example"))));

        assertThat(rules.senderOf(Emails.mail("{'to':['a@ours.example']" + REST))
                        .name())
                .isEqualTo("Würfel AG");
        assertThatThrownBy(
                        () -> rules.senderOf(Emails.mail("{'to':['a@ours.example'],'bcc':['b@theirs.example']" + REST)))
                .isInstanceOf(EmailRefused.class)
                .hasMessageContaining("b@theirs.example may not get mail");
    }

    @Test
    void refusesAMailWithoutASender() {
        EmailRules rules = EmailRules.of(Emails.config(Map.of("quarkus.mailer.from", "")));

        assertThatThrownBy(() -> rules.senderOf(Emails.mail("{'to':['a@b.example']" + REST)))
                .isInstanceOf(EmailRefused.class)
                .hasMessageContaining("quarkus.mailer.from");
    }

    private static Map<String, String> keys(Map<String, String> keys) {
        return keys.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> "millrace.worker.tasks.email." + entry.getKey(), Map.Entry::getValue));
    }
}
