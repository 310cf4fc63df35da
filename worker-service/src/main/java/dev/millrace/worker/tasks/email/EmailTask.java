package dev.millrace.worker.tasks.email;

import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Sends mails. */
@ApplicationScoped
public class EmailTask {

    private final MailTransport transport;
    private final EmailRules rules;

    /**
     * Made once for a worker.
     *
     * @throws IllegalArgumentException if the configuration makes no sense; the message names the key
     */
    EmailTask(MailTransport transport, EmailConfig config) {
        this.transport = transport;
        this.rules = EmailRules.of(config);
    }

    /**
     * Hands a mail over to be delivered to all its recipients.
     *
     * @throws EmailRefused if the server refuses it for good, or the configuration does
     * @throws EmailFailed if the server refuses it for now, cannot be reached, or goes away in the middle
     */
    @Task(name = "email.send", queue = "email", timeout = "PT5M", description = "Sends a mail.", idempotent = false)
    public EmailSent send(Email payload, TaskContext context) throws InterruptedException {
        Mailbox sender = rules.senderOf(payload);
        var letter = new Letter(context.jobId(), sender, rules.bounces().orElse(sender), payload);
        return transport.send(letter, context.deadline());
    }
}
