package dev.millrace.worker.tasks.email;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A mail as it goes out, whichever way.
 *
 * @param jobId the job it is for: every run of the job makes the same {@code Message-ID} of it
 * @param sender whom recipients see it is from
 * @param bounces where servers report what cannot be delivered, the sender if there is no other place
 */
record Letter(UUID jobId, Mailbox sender, Mailbox bounces, Email email) {

    String messageId() {
        return "<" + jobId + "@" + sender.domain() + ">";
    }

    List<String> recipients() {
        return email.recipients().map(Mailbox::address).distinct().toList();
    }

    /** What the library calls the text is the whole content: it only carries it. */
    MailMessage message() {
        MimePart content = content();
        return new MailMessage()
                .setBounceAddress(bounces.address())
                .setFrom(sender.address())
                .setTo(recipients())
                .setText(content.body())
                .setHeaders(headers().addAll(content.fields()));
    }

    private MimePart content() {
        List<MimePart> parts = new ArrayList<>();
        parts.add(several("alternative", texts()));
        email.files().stream().map(MimePart::file).forEach(parts::add);
        return several("mixed", parts);
    }

    /** The plain one first: of alternatives programs show the last that they can. */
    private List<MimePart> texts() {
        Optional<MimePart> text = Optional.ofNullable(email.text()).map(plain -> MimePart.text("plain", plain));
        Optional<MimePart> html = Optional.ofNullable(email.html()).map(rich -> MimePart.text("html", rich));
        return Stream.of(text, html).flatMap(Optional::stream).toList();
    }

    private MimePart several(String subtype, List<MimePart> parts) {
        return parts.size() == 1 ? parts.getFirst() : MimePart.several(subtype, jobId.toString(), parts);
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
}
