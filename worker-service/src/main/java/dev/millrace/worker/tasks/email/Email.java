package dev.millrace.worker.tasks.email;

import dev.millrace.task.AtLeastOneOf;
import dev.millrace.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code email.send}. An address is {@code jane@example.org} or {@code Jane Doe <jane@example.org>}.
 *
 * @param to the first recipients, at least one; with {@code cc} and {@code bcc} 100 at most
 * @param cc recipients of a copy
 * @param bcc recipients of whom the others learn nothing
 * @param from the sender; the worker's own if missing
 * @param replyTo where answers go; the sender if missing
 * @param subject one line, at most 500 characters
 * @param text the mail for programs that show text; this or {@code html} is required, both may be there
 * @param html the mail for programs that show HTML
 * @param attachments files, at most 10 MiB together once decoded; the cap on payloads comes first
 */
@RegisterForReflection
@AtLeastOneOf({"text", "html"})
public record Email(
        @Size(min = 1, max = MOST_RECIPIENTS) List<@Format(Format.MAILBOX) String> to,
        @Nullable @Size(max = MOST_RECIPIENTS) List<@Format(Format.MAILBOX) String> cc,
        @Nullable @Size(max = MOST_RECIPIENTS) List<@Format(Format.MAILBOX) String> bcc,
        @Nullable @Format(Format.MAILBOX) String from,
        @Nullable @Format(Format.MAILBOX) String replyTo,
        @Size(max = LONGEST_SUBJECT) String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable List<EmailAttachment> attachments) {

    private static final int MOST_RECIPIENTS = 100;
    private static final int LONGEST_SUBJECT = 500;
    private static final long MOST_BYTES = 10L << 20;

    public Email {
        requireRecipients(to, mailboxes("cc", cc).size() + mailboxes("bcc", bcc).size());
        requireSubject(subject);
        mailbox("from", from);
        mailbox("replyTo", replyTo);
        if (text == null && html == null) {
            throw new IllegalArgumentException("text and html are both missing: give one of them, or both.");
        }
        requireAttachments(attachments);
    }

    List<Mailbox> toAll() {
        return mailboxes("to", to);
    }

    List<Mailbox> ccAll() {
        return mailboxes("cc", cc);
    }

    List<Mailbox> bccAll() {
        return mailboxes("bcc", bcc);
    }

    Stream<Mailbox> recipients() {
        return Stream.of(toAll(), ccAll(), bccAll()).flatMap(List::stream);
    }

    Optional<Mailbox> sender() {
        return mailbox("from", from);
    }

    Optional<Mailbox> answers() {
        return mailbox("replyTo", replyTo);
    }

    List<EmailAttachment> files() {
        return attachments == null ? List.of() : attachments;
    }

    private static Optional<Mailbox> mailbox(String field, @Nullable String text) {
        return Optional.ofNullable(text).map(given -> Mailbox.parse(field, given));
    }

    private static List<Mailbox> mailboxes(String field, @Nullable List<@Nullable String> texts) {
        return texts == null
                ? List.of()
                : IntStream.range(0, texts.size())
                        .mapToObj(i -> Mailbox.parse(
                                "%s[%d]".formatted(field, i), Objects.requireNonNullElse(texts.get(i), "")))
                        .toList();
    }

    // Missing properties arrive as null, whatever the types say.
    private static void requireRecipients(@Nullable List<String> to, int others) {
        int all = mailboxes("to", to).size() + others;
        if (all == others || all > MOST_RECIPIENTS) {
            throw new IllegalArgumentException(
                    "The mail has %d recipients, %d of them in 'to': there must be at least one there, and at most %d in all."
                            .formatted(all, all - others, MOST_RECIPIENTS));
        }
    }

    private static void requireSubject(@Nullable String subject) {
        if (subject == null || subject.codePointCount(0, subject.length()) > LONGEST_SUBJECT) {
            throw new IllegalArgumentException(
                    "subject is missing or has more than %d characters.".formatted(LONGEST_SUBJECT));
        }
        OneLine.require("subject", subject);
    }

    private static void requireAttachments(@Nullable List<@Nullable EmailAttachment> attachments) {
        if (attachments == null) {
            return;
        }
        long bytes = 0;
        for (EmailAttachment attachment : attachments) {
            if (attachment == null) {
                throw new IllegalArgumentException("An attachment is null: give its name, type and base64.");
            }
            bytes += attachment.bytes().length;
        }
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "The attachments have %d bytes: at most %d are sent.".formatted(bytes, MOST_BYTES));
        }
    }
}
