package dev.millrace.scheduler.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.Schedule.Source;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleCommand.Pause;
import dev.millrace.schedule.ScheduleCommand.Put;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleCommand.Resume;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent.Reason;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.trigger.Every;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandDecisionTest {

    private static final UUID ID = UUID.fromString("0192f3c1-0000-7000-8000-000000000001");
    private static final ScheduleKey KEY = new ScheduleKey("default", "nightly");
    private static final OptionalLong ANY = OptionalLong.empty();
    private static final ScheduleContent HOURLY = every(Duration.ofHours(1));
    private static final ScheduleContent DAILY = every(Duration.ofDays(1));

    @Test
    void createsOnlyWhatIsNotThere() {
        assertThat(CommandDecision.on(new Create(ID, KEY, HOURLY), Optional.empty()))
                .isEqualTo(new CommandDecision.Make(HOURLY));
        assertThat(CommandDecision.on(new Create(ID, KEY, HOURLY), status(Source.API)))
                .isEqualTo(new CommandDecision.Refuse(Reason.EXISTS));
    }

    @Test
    void putsWhatIsThereOrNot() {
        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, DAILY, false), Optional.empty()))
                .isEqualTo(new CommandDecision.Make(DAILY));
        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, DAILY, false), status(Source.API)))
                .isEqualTo(new CommandDecision.Change(DAILY));
        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, HOURLY, false), status(Source.API)))
                .isEqualTo(new CommandDecision.Leave());
    }

    @Test
    void aNamedVersionMustBeTheOneThatStands() {
        assertThat(CommandDecision.on(new Put(ID, KEY, OptionalLong.of(7), DAILY, false), status(Source.API)))
                .isEqualTo(new CommandDecision.Change(DAILY));
        assertThat(CommandDecision.on(new Put(ID, KEY, OptionalLong.of(6), DAILY, false), status(Source.API)))
                .isEqualTo(new CommandDecision.Refuse(Reason.STALE));
        assertThat(CommandDecision.on(new Remove(ID, KEY, OptionalLong.of(8)), status(Source.API)))
                .isEqualTo(new CommandDecision.Refuse(Reason.STALE));
        assertThat(CommandDecision.on(new Put(ID, KEY, OptionalLong.of(7), DAILY, false), Optional.empty()))
                .isEqualTo(new CommandDecision.Refuse(Reason.UNKNOWN));
    }

    @Test
    void anEqualIntervalKeepsItsAnchorWhereTheClientNamedNone() {
        ScheduleContent madeLater = every(Duration.ofHours(1), Instant.EPOCH.plusSeconds(1));

        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, madeLater, true), status(Source.API)))
                .isEqualTo(new CommandDecision.Leave());
        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, madeLater.pausedNow(true), true), status(Source.API)))
                .isEqualTo(new CommandDecision.Change(HOURLY.pausedNow(true)));
        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, madeLater, false), status(Source.API)))
                .isEqualTo(new CommandDecision.Change(madeLater));
        assertThat(CommandDecision.on(new Put(ID, KEY, ANY, DAILY, true), status(Source.API)))
                .isEqualTo(new CommandDecision.Change(DAILY));
    }

    @Test
    void removesAndPausesOnlyWhatIsThere() {
        assertThat(CommandDecision.on(new Remove(ID, KEY, ANY), status(Source.API)))
                .isEqualTo(new CommandDecision.Erase());
        for (ScheduleCommand command : List.of(new Remove(ID, KEY, ANY), new Pause(ID, KEY), new Resume(ID, KEY))) {
            assertThat(CommandDecision.on(command, Optional.empty()))
                    .isEqualTo(new CommandDecision.Refuse(Reason.UNKNOWN));
        }
    }

    @Test
    void pausesAndResumesOnce() {
        assertThat(CommandDecision.on(new Pause(ID, KEY), status(Source.API)))
                .isEqualTo(new CommandDecision.Change(HOURLY.pausedNow(true)));
        assertThat(CommandDecision.on(new Resume(ID, KEY), status(Source.API))).isEqualTo(new CommandDecision.Leave());
    }

    @Test
    void leavesToTheConfigurationWhatItDeclares() {
        for (ScheduleCommand command : List.of(
                new Put(ID, KEY, ANY, DAILY, false),
                new Remove(ID, KEY, ANY),
                new Pause(ID, KEY),
                new Resume(ID, KEY))) {
            assertThat(CommandDecision.on(command, status(Source.CONFIGURATION)))
                    .isEqualTo(new CommandDecision.Refuse(Reason.CONFIGURED));
        }
        assertThat(CommandDecision.on(new Create(ID, KEY, DAILY), status(Source.CONFIGURATION)))
                .isEqualTo(new CommandDecision.Refuse(Reason.EXISTS));
    }

    private static Optional<Schedule> status(Source source) {
        return Optional.of(new Schedule(KEY, 5, 7, source, HOURLY, Instant.EPOCH, Instant.EPOCH));
    }

    private static ScheduleContent every(Duration interval) {
        return every(interval, Instant.EPOCH);
    }

    private static ScheduleContent every(Duration interval, Instant anchor) {
        return new ScheduleContent(Plan.of(new Every(interval, anchor)), "{\"task\":\"demo.echo\"}", false);
    }
}
