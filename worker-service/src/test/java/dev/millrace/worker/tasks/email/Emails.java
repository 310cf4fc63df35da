package dev.millrace.worker.tasks.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.worker.tasks.RecordingContext;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** Mails to send, and a task that sends them to a port on loopback. */
final class Emails implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final MailClient client;
    private Duration timeout;

    Emails(int port, Duration timeout) {
        var config = new MailConfig()
                .setHostname("127.0.0.1")
                .setPort(port)
                .setOwnHostname("worker.example")
                .setMaxPoolSize(ConfigProvider.getConfig().getValue("quarkus.mailer.max-pool-size", Integer.class));
        this.client = MailClient.create(vertx, config);
        this.timeout = timeout;
    }

    /** How long the next ones may take, over the same connections. */
    void allow(Duration timeout) {
        this.timeout = timeout;
    }

    /** Single quotes stand for double ones. */
    static Email mail(String json) {
        try {
            return JSON.readValue(json.replace('\'', '"'), Email.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        }
    }

    static EmailConfig config(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("quarkus.mailer.from", "Würfel AG <shop@example.org>"));
        all.putAll(properties);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(EmailConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(EmailConfig.class);
    }

    EmailSent send(String json) throws InterruptedException {
        var transport = new SmtpTransport(client, timeout, InstantSource.system());
        return new EmailTask(transport, config(Map.of())).send(mail(json), RecordingContext.ofAttempt(1));
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
