package dev.millrace.api.service.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.base.config.Settings;
import dev.millrace.job.EntryId;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a stream of its own, with the real servers. */
class RetentionRedisTest {

    private static final Duration LONG_AGO = Duration.ofDays(8);

    private final RealServers servers = RealServers.get();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final String stream = "mr:{test}:maintenance-" + UUID.randomUUID();
    private final RedisLink link = servers.link();
    private final TestClock clock = new TestClock(Instant.parse("2026-05-05T05:05:05Z"));
    private final AtomicInteger rounds = new AtomicInteger();
    private final OldRows old = new OldRows(servers);
    private final Retention retention = instance("alive");

    @AfterEach
    void closeTheLink() {
        link.close();
    }

    @Test
    void deletesWhenAskedAndAcknowledgesWhenNothingIsLeft() {
        old.ended(1_500, LONG_AGO);
        ask();

        turnUntil(() -> old.left() < 1_500);
        assertThat(pending()).isEqualTo(1);

        turnUntil(() -> pending() == 0);
        assertThat(old.left()).isZero();
    }

    @Test
    void doesNothingUnasked() {
        old.ended(1, LONG_AGO);

        retention.turnOnce();
        retention.turnOnce();

        assertThat(old.left()).isEqualTo(1);
    }

    @Test
    void answersAllThatWaitWithOneRound() {
        ask();
        ask();
        RealServers.add(link, stream, Map.of("kind", "vacuum"));
        ask();

        turnUntil(() -> pending() == 0);

        assertThat(rounds).hasValue(1);
    }

    @Test
    void pausesBetweenStepsForTheSakeOfOthers() {
        old.ended(10, LONG_AGO);
        ask();
        assertThat(retention.turnOnce()).isZero();

        assertThat(retention.turnOnce()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void isDoneAgainByAnotherInstanceAfterADeathInTheMiddle() {
        old.ended(2_500, LONG_AGO);
        EntryId request = ask();
        Retention dying = instance("dead");
        turnUntil(dying, () -> old.left() < 2_500);
        haveBeenSilentFor(request, Duration.ofSeconds(61));

        turnUntil(() -> pending() == 0);

        assertThat(old.left()).isZero();
        assertThat(rounds).hasValue(2);
    }

    @Test
    void keepsARequestInHandUntilPostgresIsBack() {
        old.ended(1, LONG_AGO);
        ask();
        retention.turnOnce();
        servers.sql("alter table api.job rename to job_away");
        try {
            assertThatThrownBy(retention::turnOnce).isInstanceOf(RuntimeException.class);
            assertThat(pending()).isEqualTo(1);
        } finally {
            servers.sql("alter table api.job_away rename to job");
        }

        turnUntil(() -> pending() == 0);

        assertThat(old.left()).isZero();
    }

    @Test
    void I27_putsAsideWhatItCannotReadAndGoesOn() {
        EntryId broken = RealServers.add(link, stream, Map.of("kind", "retention", "job", "x"));
        turnUntil(() -> pending() == 0);

        assertThat(rounds).hasValue(0);
        assertThat(servers.sql(
                        "select reason from api.quarantine where stream = $1 and entry = $2", stream, "" + broken))
                .extracting(row -> row.getString("reason"))
                .containsExactly("Field 'job' cannot be read.");
    }

    private Retention instance(String name) {
        return new Retention(servers.member(name, clock), stream, this::round);
    }

    private DeletionRound round() {
        rounds.incrementAndGet();
        RetentionSettings settled = RetentionSettings.of(Settings.of(RetentionConfig.class, Map.of()));
        return new DeletionRound(db, settled, new RetentionMeters(new SimpleMeterRegistry()));
    }

    private EntryId ask() {
        return RealServers.add(
                link,
                stream,
                Map.of("kind", "retention", "job", UUID.randomUUID().toString()));
    }

    private void turnUntil(BooleanSupplier done) {
        turnUntil(retention, done);
    }

    /** At least once: what was asked has to be read first. */
    private static void turnUntil(Retention one, BooleanSupplier done) {
        int turns = 0;
        do {
            assertThat(turns++).as("turns").isLessThan(1_000);
            one.turnOnce();
        } while (!done.getAsBoolean());
    }

    private void haveBeenSilentFor(EntryId entry, Duration silence) {
        link.call(Request.cmd(Command.XCLAIM)
                .arg(stream)
                .arg(StreamNames.API)
                .arg("dead")
                .arg(0)
                .arg(entry.toString())
                .arg("IDLE")
                .arg(silence.toMillis())
                .arg("JUSTID"));
    }

    private long pending() {
        Request request = Request.cmd(Command.XPENDING).arg(stream).arg(StreamNames.API);
        return Objects.requireNonNull(link.call(request)).get(0).toLong();
    }
}
