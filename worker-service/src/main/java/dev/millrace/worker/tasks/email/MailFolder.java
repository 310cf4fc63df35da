package dev.millrace.worker.tasks.email;

import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Writes each mail to a file that mail programs open, {@code <job id>.eml}. It is whole as soon as it is there; another
 * run of the job replaces it. Blind copies are not in it.
 */
record MailFolder(Path folder) implements MailTransport {

    @Override
    public EmailSent send(Letter letter, Instant deadline) {
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "draft", ".tmp");
            Files.writeString(draft, text(letter), StandardCharsets.UTF_8);
            Path file = folder.resolve(letter.jobId() + ".eml");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EmailFailed(
                    "The mail cannot be written to %s: make room there, or set millrace.worker.tasks.email.folder."
                            .formatted(folder),
                    e);
        }
        return new EmailSent(letter.messageId(), letter.recipients());
    }

    private static String text(Letter letter) {
        String text = new MailEncoder(letter.message(), letter.sender().domain()).encode();
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
