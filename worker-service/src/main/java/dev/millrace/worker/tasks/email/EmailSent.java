package dev.millrace.worker.tasks.email;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Result of {@code email.send}.
 *
 * @param messageId the mail's {@code Message-ID}, made from the job's id
 * @param recipients the addresses that were accepted, those of {@code to}, {@code cc} and {@code bcc} alike
 */
@RegisterForReflection
public record EmailSent(String messageId, List<String> recipients) {

    public EmailSent {
        recipients = List.copyOf(recipients);
    }
}
