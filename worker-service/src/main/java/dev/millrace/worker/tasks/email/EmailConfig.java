package dev.millrace.worker.tasks.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where mails go. The server itself is configured by {@code quarkus.mailer.*}: host, port, TLS, login, DKIM. */
@ConfigMapping(prefix = "millrace.worker.tasks.email")
public interface EmailConfig {

    /** A way out. */
    enum Transport {
        /** There is none: every job fails with a sentence that names this key. */
        NONE,
        /** To the server of {@code quarkus.mailer.*}. */
        SMTP,
        /** Into {@link EmailConfig#folder()}. */
        FILES
    }

    /** The way mails take. */
    @WithDefault("none")
    Transport transport();

    /** Where {@link Transport#FILES} writes; made when it is missing. */
    @WithDefault("${MILLRACE_HOME:.millrace}/mail")
    Path folder();

    /** The sender of mails that name none; {@code quarkus.mailer.from} if missing, and then none. */
    @WithDefault("${quarkus.mailer.from:}")
    Optional<String> from();

    /** Where undeliverable mails are reported; {@code quarkus.mailer.bounce-address} if missing, then the sender. */
    @WithDefault("${quarkus.mailer.bounce-address:}")
    Optional<String> bounceAddress();

    /**
     * Regular expressions, one of which every recipient's address must match in whole, in any case;
     * {@code quarkus.mailer.approved-recipients} if missing, and then all may get mail. A mail to anybody else is
     * refused, not cut down.
     */
    @WithDefault("${quarkus.mailer.approved-recipients:}")
    Optional<List<String>> approvedRecipients();

    /**
     * How long the server may take for one mail, the wait for a free connection included; more than zero. A server that
     * neither answers nor hangs up keeps its connection, one of {@code quarkus.mailer.max-pool-size}, beyond that.
     */
    @WithDefault("PT1M")
    Duration timeout();
}
