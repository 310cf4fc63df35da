package dev.millrace.worker.tasks.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpTest {

    private static final String ID = "<00000000-0000-0000-0000-000000000001@example.org>";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Emails emails = new Emails(1, Duration.ofSeconds(1));

    @BeforeEach
    void start() throws Exception {
        server.start();
        emails.close();
        emails = new Emails(server.getSmtp().getPort(), Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws Exception {
        emails.close();
        server.stop();
    }

    @Test
    void sendsPlainText() throws Exception {
        EmailSent sent = emails.send("{'to':['jane@example.com'],'subject':'Hello','text':'One\\r\\n.\\nTwo'}");

        MimeMessage mail = only();
        assertThat(sent.messageId()).isEqualTo(ID).isEqualTo(mail.getMessageID());
        assertThat(sent.recipients()).containsExactly("jane@example.com");
        assertThat(mail.getSubject()).isEqualTo("Hello");
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("shop@example.org", "Würfel AG", "UTF-8"));
        assertThat(mail.getContent().toString()).isEqualToNormalizingNewlines("One\n.\nTwo");
        assertThat(mail.getSentDate()).isNotNull();
    }

    @Test
    void sendsHtmlBesideText() throws Exception {
        emails.send("{'to':['a@b.example'],'subject':'x','text':'plain ü','html':'<p>rich ü</p>'}");

        Multipart both = (Multipart) only().getContent();
        assertThat(both.getContentType()).startsWith("multipart/alternative");
        assertThat(both.getBodyPart(0).getContent()).hasToString("plain ü");
        assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(both.getBodyPart(1).getContent()).hasToString("<p>rich ü</p>");
    }

    @Test
    void sendsAttachments() throws Exception {
        emails.send("""
                {'to':['a@b.example'],'subject':'x','html':'<p/>','attachments':[
                 {'name':'a b.txt','type':'text/plain; charset=utf-8','base64':'w7w='},
                 {'name':'Übersicht (1).pdf','type':'application/pdf','base64':'AAEC'}]}""");

        Multipart parts = (Multipart) only().getContent();
        assertThat(parts.getContentType()).startsWith("multipart/mixed");
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("a b.txt");
        assertThat(parts.getBodyPart(1).getContent()).hasToString("ü");
        BodyPart pdf = parts.getBodyPart(2);
        assertThat(pdf.getFileName()).isEqualTo("Übersicht (1).pdf");
        assertThat(pdf.getDisposition()).isEqualTo("attachment");
        assertThat(pdf.getInputStream().readAllBytes()).containsExactly(0, 1, 2);
    }

    @Test
    void showsCopiesToAllAndBlindCopiesToNobody() throws Exception {
        EmailSent sent = emails.send("""
                {'to':['Doe, Jane <jane@example.com>','jane@example.com'],'cc':['Jürgen <j@bücher.example>'],
                 'bcc':['boss@example.com'],'from':'Ann <ann@example.net>','replyTo':'help@example.net','subject':'x','text':'y'}""");

        assertThat(sent.recipients())
                .containsExactly("jane@example.com", "j@xn--bcher-kva.example", "boss@example.com");
        assertThat(server.getReceivedMessages()).hasSize(3).allSatisfy(mail -> {
            assertThat(mail.getRecipients(RecipientType.TO))
                    .contains(new InternetAddress("jane@example.com", "Doe, Jane"));
            assertThat(mail.getRecipients(RecipientType.CC))
                    .containsExactly(new InternetAddress("j@xn--bcher-kva.example", "Jürgen", "UTF-8"));
            assertThat(mail.getFrom()).containsExactly(new InternetAddress("ann@example.net", "Ann"));
            assertThat(mail.getReplyTo()).containsExactly(new InternetAddress("help@example.net"));
            assertThat(text(mail)).doesNotContain("boss");
        });
    }

    @Test
    void sendsToAHundredAtOnce() throws Exception {
        String all = IntStream.range(0, 100)
                .mapToObj("'user%d@example.com'"::formatted)
                .collect(Collectors.joining(","));

        EmailSent sent = emails.send("{'to':[" + all + "],'subject':'x','text':'y'}");

        assertThat(sent.recipients()).hasSize(100);
        assertThat(server.getReceivedMessages()).hasSize(100);
    }

    @Test
    void carriesLongAndForeignSubjectsAndLines() throws Exception {
        String subject = "Grüße 🚂 ".repeat(40).strip();

        emails.send("{'to':['a@b.example'],'subject':'%s','html':'%s'}".formatted(subject, "<b>x</b>".repeat(1_000)));

        MimeMessage mail = only();
        assertThat(mail.getSubject()).isEqualTo(subject);
        assertThat(mail.getContent().toString()).startsWith("<b>x</b>".repeat(1_000));
        assertThat(Stream.of(text(mail).split("\n", -1)))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
    }

    private MimeMessage only() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private static String text(MimeMessage mail) throws Exception {
        return new String(mail.getRawInputStream().readAllBytes(), UTF_8)
                + String.join("\n", Collections.list(mail.getAllHeaderLines()));
    }
}
