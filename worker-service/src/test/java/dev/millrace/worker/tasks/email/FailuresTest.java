package dev.millrace.worker.tasks.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private static final String MAIL = "{'to':['a@example.com','b@example.com'],'subject':'%s','text':'y'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connected | 554 no service",
                "MAIL | 550 5.7.1 not you",
                "RCPT TO:<b | 550 5.1.1 no such user",
                "DATA | 554 no",
                ". | 552 5.3.4 too big"
            })
    void failsForGoodOnWhatTheServerRefusesForGood(String at, String answer) throws Exception {
        assertThat(failure(Map.of(at, answer), Duration.ofSeconds(20)))
                .isInstanceOf(EmailRefused.class)
                .hasMessage("The mail server answered: " + answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connected | 421 busy",
                "MAIL | 451 4.3.0 later",
                "RCPT TO:<b | 450 4.2.0 greylisted, try again in 300 seconds",
                ". | 452 4.2.2 mailbox full"
            })
    void failsForNowOnWhatTheServerRefusesForNow(String at, String answer) throws Exception {
        assertThat(failure(Map.of(at, answer), Duration.ofSeconds(20)))
                .isInstanceOf(EmailFailed.class)
                .hasMessage("The mail server answered: " + answer);
    }

    @Test
    void sendsNothingIfOneRecipientIsRefused() throws Exception {
        try (var server = new ScriptedSmtp(Map.of("RCPT TO:<b", "550 no such user"));
                var emails = new Emails(server.port(), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> emails.send(MAIL)).isInstanceOf(EmailRefused.class);

            assertThat(server.lines()).noneMatch(line -> line.startsWith("DATA"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA", "."})
    void failsForNowWhenTheConnectionIsCut(String at) throws Exception {
        assertThat(failure(Map.of(at, ScriptedSmtp.CUT), Duration.ofSeconds(20)))
                .isInstanceOf(EmailFailed.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void failsForNowWhenTheServerFallsSilent() throws Exception {
        assertThat(failure(Map.of("RCPT", ScriptedSmtp.SILENCE), Duration.ofMillis(300)))
                .isInstanceOf(EmailFailed.class)
                .hasMessageContaining("took too long");
    }

    @Test
    void recoversFromManyConnectionsThatWereLostBeforeTheGreeting() throws Exception {
        var answers = new ConcurrentHashMap<>(Map.of("connected", ScriptedSmtp.CUT));
        try (var server = new ScriptedSmtp(answers);
                var emails = new Emails(server.port(), Duration.ofMillis(200))) {
            for (int lost = 0; lost < 11; lost++) {
                assertThatThrownBy(() -> emails.send(MAIL)).isInstanceOf(EmailFailed.class);
            }
            answers.clear();
            emails.allow(Duration.ofSeconds(20));

            assertThat(emails.send(MAIL).recipients()).hasSize(2);
        }
    }

    @Test
    void failsForNowWhenThereIsNoServer() throws Exception {
        // Bound, so that nobody else gets the port, but nothing listens there.
        try (var bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var emails = new Emails(bound.getLocalPort(), Duration.ofSeconds(20))) {
                assertThatThrownBy(() -> emails.send(MAIL))
                        .isInstanceOf(EmailFailed.class)
                        .hasMessageContaining("quarkus.mailer.host and quarkus.mailer.port");
            }
        }
    }

    @Test
    void endsWhenItIsInterrupted() throws Exception {
        try (var server = new ScriptedSmtp(Map.of("connected", ScriptedSmtp.SILENCE));
                var emails = new Emails(server.port(), Duration.ofSeconds(20))) {
            var failure = new CompletableFuture<Throwable>();
            Thread run = Thread.ofVirtual().start(() -> failure.complete(catchThrowable(() -> emails.send(MAIL))));

            run.interrupt();

            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void endsEveryLineAsMailDemands() throws Exception {
        try (var server = new ScriptedSmtp(Map.of());
                var emails = new Emails(server.port(), Duration.ofSeconds(20))) {
            emails.send(MAIL.formatted("ü".repeat(300)));

            List<String> lines = server.lines();
            assertThat(lines).contains("MAIL FROM:<shop@example.org>\r\n", ".\r\n");
            assertThat(lines).filteredOn(line -> !line.isEmpty()).allMatch(line -> line.endsWith("\r\n"));
        }
    }

    private static Throwable failure(Map<String, String> answers, Duration timeout) throws Exception {
        try (var server = new ScriptedSmtp(answers);
                var emails = new Emails(server.port(), timeout)) {
            return catchThrowable(() -> emails.send(MAIL));
        }
    }
}
