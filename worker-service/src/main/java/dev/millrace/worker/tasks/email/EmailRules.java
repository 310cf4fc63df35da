package dev.millrace.worker.tasks.email;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the worker's configuration says of every mail.
 *
 * @param from the sender of mails that name none
 * @param bounces where undeliverable mails are reported
 * @param approved what one of must match a recipient's address; empty if all may get mail
 */
record EmailRules(Optional<Mailbox> from, Optional<Mailbox> bounces, List<Pattern> approved) {

    private static final String PREFIX = "millrace.worker.tasks.email.";

    /** @throws IllegalArgumentException if a value makes no sense; the message names its key */
    static EmailRules of(EmailConfig config) {
        if (!config.timeout().isPositive()) {
            throw new IllegalArgumentException(
                    "%stimeout is %s: it must be more than zero.".formatted(PREFIX, config.timeout()));
        }
        return new EmailRules(
                config.from().map(mailbox("from")),
                config.bounceAddress().map(mailbox("bounce-address")),
                config.approvedRecipients().orElse(List.of()).stream()
                        .map(EmailRules::pattern)
                        .toList());
    }

    /** @throws EmailRefused if the mail has no sender, or goes to somebody who may not get mail from here */
    Mailbox senderOf(Email email) {
        email.recipients().filter(this::isUnapproved).findFirst().ifPresent(recipient -> {
            throw new EmailRefused(
                    "%s may not get mail from this worker: %sapproved-recipients, or quarkus.mailer.approved-recipients, says who may."
                            .formatted(recipient.address(), PREFIX),
                    null);
        });
        return email.sender()
                .or(this::from)
                .orElseThrow(() -> new EmailRefused(
                        "The mail has no sender: give it a 'from', or set quarkus.mailer.from for this worker.", null));
    }

    private boolean isUnapproved(Mailbox recipient) {
        return !approved.isEmpty()
                && approved.stream()
                        .noneMatch(
                                pattern -> pattern.matcher(recipient.address()).matches());
    }

    private static Function<String, Mailbox> mailbox(String key) {
        return text -> Mailbox.parse(PREFIX + key, text);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text.strip(), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "%sapproved-recipients has '%s', which is no regular expression: %s."
                            .formatted(PREFIX, text, e.getDescription()),
                    e);
        }
    }
}
