package dev.millrace.proving.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.millrace.api.contract.ErrorContract;
import dev.millrace.api.hostile.HostileRun;
import dev.millrace.proving.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/** One platform, with a mail server and a web server beside it. What kills comes last. */
@Tag("native")
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class BlackBoxIT {

    private static @Nullable Platform platform;
    private static @Nullable GreenMail mails;
    private static @Nullable Web web;

    @BeforeAll
    static void up(@TempDir Path home) throws IOException {
        web = new Web();
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        platform = Platform.up(
                home,
                Map.of(
                        "MILLRACE_WORKER_TASKS_EMAIL_TRANSPORT",
                        "smtp",
                        "QUARKUS_MAILER_HOST",
                        "127.0.0.1",
                        "QUARKUS_MAILER_PORT",
                        Integer.toString(mails.getSmtp().getPort())));
    }

    @AfterAll
    static void down() {
        platform().close();
        given(mails).stop();
        given(web).close();
    }

    @Nested
    @Order(1)
    class Contract extends ErrorContract {

        @Override
        protected int port() {
            return apiPort();
        }
    }

    @Nested
    @Order(2)
    class HostileInput {

        private static final int REQUESTS = 3_000;

        @Test
        void isAnsweredAsTheContractPrescribes() throws Exception {
            HostileRun run = HostileRun.of(REQUESTS, apiPort());

            assertThat(run.wrong().stream().limit(20)).isEmpty();
            assertThat(run.answered()).isEqualTo(REQUESTS);
        }
    }

    @Nested
    @Order(3)
    class Tasks extends ShippedTasks {
        Tasks() {
            super(platform().api(), given(mails), given(web));
        }
    }

    @Nested
    @Order(4)
    class Jobs extends JobsOfClients {
        Jobs() {
            super(platform().api());
        }
    }

    @Nested
    @Order(5)
    class Schedules extends FiringSchedules {
        Schedules() {
            super(platform().api());
        }
    }

    @Nested
    @Order(6)
    class Deaths extends KilledServices {
        Deaths() {
            super(platform());
        }
    }

    private static int apiPort() {
        return URI.create(platform().api().url()).getPort();
    }

    private static Platform platform() {
        return given(platform);
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("set before the first test");
        }
        return value;
    }
}
