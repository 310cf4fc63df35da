package dev.millrace.worker.tasks.email;

import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hands mails to the server that {@code quarkus.mailer.*} names. */
record SmtpTransport(MailClient client, Duration timeout, InstantSource clock) implements MailTransport {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final int LONGEST_REPLY = 300;

    @Override
    public EmailSent send(Letter letter, Instant deadline) throws InterruptedException {
        CompletableFuture<MailResult> sending =
                client.sendMail(letter.message()).toCompletionStage().toCompletableFuture();
        try {
            MailResult result = sending.get(nanosUntil(deadline), TimeUnit.NANOSECONDS);
            return sent(letter, result);
        } catch (TimeoutException e) {
            throw new EmailFailed("The mail server took too long: it is not known whether it has the mail.", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private long nanosUntil(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return Math.max(0, (left.compareTo(timeout) < 0 ? left : timeout).toNanos());
    }

    /** With {@code quarkus.mailer.allow-rcpt-errors} there may be fewer recipients than were asked for, even none. */
    private static EmailSent sent(Letter letter, MailResult result) {
        if (result.getRecipients().isEmpty()) {
            throw new EmailRefused("The mail server accepted none of the recipients.", null);
        }
        return new EmailSent(letter.messageId(), result.getRecipients());
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof SMTPException reply) {
            String said = "The mail server answered: " + cleaned(String.join(" ", reply.getReplyMessages()));
            return reply.isPermanent() ? new EmailRefused(said, reply) : new EmailFailed(said, reply);
        }
        return new EmailFailed("The mail could not be handed over: %s.".formatted(reason(cause)), cause);
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case UnknownHostException e -> "the name in quarkus.mailer.host has no address";
            case ConnectException e ->
                "the server that quarkus.mailer.host and quarkus.mailer.port name does not take connections";
            case null, default ->
                "the connection to the mail server broke off, or it offers no common way to encrypt or log in";
        };
    }

    private static String cleaned(String reply) {
        String line = CONTROL.matcher(reply).replaceAll(" ").strip();
        return line.length() > LONGEST_REPLY ? line.substring(0, LONGEST_REPLY) + "…" : line;
    }
}
