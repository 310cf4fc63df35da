package dev.millrace.worker.tasks.email;

import java.time.Instant;

/** Takes mails away. Safe for use by many threads. */
@FunctionalInterface
interface MailTransport {

    /**
     * Returns once the mail is somebody else's to deliver, to all its recipients.
     *
     * @throws EmailRefused if it never will be
     * @throws EmailFailed if it is not now, or not known to be by the deadline
     */
    EmailSent send(Letter letter, Instant deadline) throws InterruptedException;
}
