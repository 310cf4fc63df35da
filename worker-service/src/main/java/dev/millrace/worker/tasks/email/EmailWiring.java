package dev.millrace.worker.tasks.email;

import io.vertx.ext.mail.MailClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Chooses the way out. Making the client connects to nothing, so a worker without a mail server starts like any other. */
@Singleton
final class EmailWiring {

    @Produces
    @Singleton
    MailTransport transport(EmailConfig config, MailClient client, InstantSource clock) {
        return switch (config.transport()) {
            case NONE ->
                (letter, deadline) -> {
                    throw new EmailRefused(
                            "This worker sends no mail: set millrace.worker.tasks.email.transport to smtp, with quarkus.mailer.host and quarkus.mailer.from, or to files.",
                            null);
                };
            case SMTP -> new SmtpTransport(client, config.timeout(), clock);
            case FILES -> new MailFolder(config.folder().toAbsolutePath());
        };
    }
}
