package dev.millrace.scheduler.declared;

import static dev.millrace.scheduler.ScheduleRig.every;
import static dev.millrace.scheduler.ScheduleRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.stream.entries.ScheduleCodec;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class DeclaredTest {

    private static final Declaration TIDY = declaration("tidy", 60);
    private static final Declaration PING = declaration("ping", 60);

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    @Inject
    DeclaredConfig shipped;

    private ScheduleRig rig;

    @BeforeEach
    void aRig() {
        rig = new ScheduleRig(vertx, redis);
    }

    @Test
    void makesWhatIsDeclaredAndLeavesItAtTheNextStart() {
        Schedule made = ((Stands) start(TIDY).getFirst()).schedule();
        rig.clock.advance(Duration.ofHours(1));
        List<ScheduleEvent> again = start(TIDY);

        assertThat(made.source()).isEqualTo(Schedule.Source.CONFIGURATION);
        assertThat(made.content()).isEqualTo(TIDY.content());
        assertThat(again).hasSize(2).last().isEqualTo(again.getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"trigger\":{\"cron\":{\"expression\":\"30 2 * * *\",\"timezone\":\"Europe/Berlin\"}}}",
                "{\"trigger\":{\"interval\":{\"every\":\"PT90S\"}}}",
                "{\"trigger\":{\"solar\":{\"event\":\"sunset\",\"latitude\":52.50,\"longitude\":13.4}}}",
                "{\"trigger\":{\"once\":{\"at\":\"2040-01-01T01:00:00+01:00\"}}}"
            })
    void aRestartChangesNoScheduleOfAnyKind(String plan) {
        start(new Declaration(key("tidy"), new ScheduleContent(ScheduleCodec.plan(plan), ScheduleRig.JOB, false)));
        rig.clock.advance(Duration.ofHours(1));
        List<ScheduleEvent> told = start(
                new Declaration(key("tidy"), new ScheduleContent(ScheduleCodec.plan(plan), ScheduleRig.JOB, false)));

        assertThat(told).hasSize(2).last().isEqualTo(told.getFirst());
    }

    @Test
    void changesWhatIsDeclaredOtherwise() {
        Schedule before = ((Stands) start(TIDY).getFirst()).schedule();
        Schedule after = ((Stands) start(declaration("tidy", 61)).getLast()).schedule();

        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(after.generation()).isEqualTo(before.generation());
    }

    @Test
    void removesWhatIsNotDeclaredAnyMoreAndTellsOfItAtEveryStart() {
        start(TIDY, PING);
        List<ScheduleEvent> told = start(PING);
        assertThat(told).filteredOn(Removed.class::isInstance).hasSize(1);

        assertThat(start(PING)).filteredOn(Removed.class::isInstance).hasSize(2);
        rig.clock.advance(Duration.ofHours(1));
        rig.fireAll();
        assertThat(rig.fired("tidy")).isEmpty();
        assertThat(rig.fired("ping")).isNotEmpty();
    }

    @Test
    void leavesAScheduleThatClientsMade() {
        ScheduleContent theirs = new ScheduleContent(Plan.of(every(7)), ScheduleRig.JOB, false);
        rig.create("tidy", theirs);

        assertThat(start(TIDY)).isEmpty();
        start();
        assertThat(((Stands) rig.put("tidy", theirs)).schedule().source()).isEqualTo(Schedule.Source.API);
    }

    @Test
    void comesBackWhereClientsRemovedTheirs() {
        rig.create("tidy", Plan.of(every(7)));
        rig.carryOut(new Remove(UUID.randomUUID(), key("tidy"), OptionalLong.empty()));

        assertThat(start(TIDY)).singleElement().isInstanceOf(Stands.class);
    }

    @Test
    void retentionIsShippedForATenantThatIsNobodys() {
        List<Declaration> declarations = Declaration.of(shipped);

        assertThat(declarations)
                .singleElement()
                .satisfies(
                        retention -> assertThat(retention.key().toString()).isEqualTo("millrace/maintenance-retention"))
                .satisfies(retention -> assertThat(retention.content().job())
                        .isEqualTo("{\"task\":\"maintenance.retention\",\"payload\":{}}"));
    }

    /** Returns all that was ever told. */
    private List<ScheduleEvent> start(Declaration... declarations) {
        Declared declared = new Declared(rig.time(), rig.event(), Arrays.asList(declarations));
        declared.apply();
        declared.publish();
        return rig.told();
    }

    private static Declaration declaration(String id, int seconds) {
        return new Declaration(key(id), new ScheduleContent(Plan.of(every(seconds)), ScheduleRig.JOB, false));
    }
}
