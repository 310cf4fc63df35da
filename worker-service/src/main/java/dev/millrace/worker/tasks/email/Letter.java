package dev.millrace.worker.tasks.email;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it goes out, whichever way.
 *
 * @param jobId the job it is for: every run of the job makes the same {@code Message-ID} of it
 * @param sender whom recipients see it is from
 * @param bounces where servers report what cannot be delivered, the sender if there is no other place
 */
record Letter(UUID jobId, Mailbox sender, Mailbox bounces, Email email) {

    /** SMTP allows 998 characters; the library sends ASCII as it is. */
    private static final Pattern LONG_LINE = Pattern.compile(".{900}");

    private static final Pattern LINE_END = Pattern.compile("\r\n?");
    private static final char NO_BREAK_SPACE = '\u00a0';

    String messageId() {
        return "<" + jobId + "@" + sender.domain() + ">";
    }

    List<String> recipients() {
        return email.recipients().map(Mailbox::address).distinct().toList();
    }

    MailMessage message() {
        var message = new MailMessage();
        message.setBounceAddress(bounces.address());
        message.setFrom(sender.address());
        message.setTo(recipients());
        message.setText(body(email.text()));
        message.setHtml(body(email.html()));
        message.setHeaders(headers());
        if (!email.files().isEmpty()) {
            message.setAttachment(email.files().stream().map(Letter::attachment).toList());
        }
        return message;
    }

    /** These replace what the library would write of the envelope, so that nobody is shown who got a blind copy. */
    private MultiMap headers() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", messageId())
                .set("From", HeaderText.of(sender))
                .set("To", HeaderText.of(email.toAll()))
                .set("Subject", HeaderText.of(email.subject()));
        if (!email.ccAll().isEmpty()) {
            headers.set("Cc", HeaderText.of(email.ccAll()));
        }
        email.answers().ifPresent(mailbox -> headers.set("Reply-To", HeaderText.of(mailbox)));
        return headers;
    }

    /** A line too long for SMTP needs quoted-printable, which the library chooses if it meets one character beyond ASCII. */
    private static @Nullable String body(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String lines = LINE_END.matcher(text).replaceAll("\n");
        return LONG_LINE.matcher(lines).find() ? lines + "\n" + NO_BREAK_SPACE : lines;
    }

    private static MailAttachment attachment(EmailAttachment file) {
        return MailAttachment.create()
                .setContentType(file.type())
                .setDisposition(HeaderText.attachment(file.name()))
                .setData(Buffer.buffer(file.bytes()));
    }
}
