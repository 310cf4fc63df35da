package dev.millrace.scheduler.schedules;

import static dev.millrace.scheduler.ScheduleRig.START;
import static dev.millrace.scheduler.ScheduleRig.every;
import static dev.millrace.scheduler.ScheduleRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.scheduler.fires.FireResender;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class ResyncTest {

    /** Greater than that of the Redis which the service under test looks at. */
    private static int epoch = 1_000_000;

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    private ScheduleRig rig;

    @BeforeEach
    void aRig() {
        rig = new ScheduleRig(vertx, redis);
        epoch++;
    }

    @Test
    void tellsAnEmptiedRedisOnceOfAllThatStandsAndOfAllThatWasRemoved() {
        IntStream.range(0, 230).forEach(number -> rig.create("tidy-" + number, Plan.of(every(60))));
        rig.carryOut(new Remove(UUID.randomUUID(), key("tidy-7"), OptionalLong.empty()));
        Resync one = retelling();
        Resync other = retelling();

        for (int turn = 0; turn < 5; turn++) {
            one.tellOnce();
            other.tellOnce();
        }

        assertThat(rig.told()).hasSize(230).filteredOn(Stands.class::isInstance).hasSize(229);
        assertThat(rig.told())
                .filteredOn(Removed.class::isInstance)
                .extracting(event -> ((Removed) event).key())
                .containsExactly(key("tidy-7"));
    }

    @Test
    void goesOnWhereADeadOneStopped() {
        IntStream.range(0, 150).forEach(number -> rig.create("tidy-" + number, Plan.of(every(60))));
        retelling().tellOnce();
        assertThat(rig.told()).hasSize(100);

        retelling().tellOnce();
        assertThat(rig.told()).hasSize(150);
    }

    @Test
    void letsWhatIsNotAnsweredBeSentAgainAtOnce() {
        rig.create("tidy", Plan.of(every(60)));
        rig.clock.advance(Duration.ofSeconds(60));
        rig.firingThatDies(vertx).fireOnce();
        FireResender sweep = rig.resender();
        sweep.resendOnce();
        assertThat(rig.sent()).isEmpty();

        retelling().tellOnce();
        sweep.resendOnce();
        assertThat(rig.fired("tidy")).containsExactly(START.plusSeconds(60));
    }

    @Test
    void tellsNothingBeforeTheEpochIsKnown() {
        rig.create("tidy", Plan.of(every(60)));
        new Resync(rig.db, rig.event(), () -> 0, tx -> {}).tellOnce();

        assertThat(rig.told()).isEmpty();
    }

    private Resync retelling() {
        int now = epoch;
        return new Resync(rig.db, rig.event(), () -> now, rig.resender()::sendAll);
    }
}
