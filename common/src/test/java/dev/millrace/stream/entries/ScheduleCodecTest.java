package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.SchedulerMessage;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.stream.entries.Reading.Refused;
import dev.millrace.stream.entries.Reading.Understood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleCodecTest {

    private static final List<String> OPTIONAL = List.of("version", "keepsAnchor");

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final UUID ID = UUID.fromString("0192f3c1-0000-7000-8000-000000000001");
    private static final ScheduleKey KEY = new ScheduleKey("default", "nightly");
    private static final ScheduleContent CONTENT = new ScheduleContent(
            Plan.of(new Every(Duration.ofMinutes(5), AT)), "{\"task\":\"demo.echo\",\"payload\":\"ä\"}", true);

    static Stream<SchedulerMessage> forSchedulers() {
        return Stream.of(
                new ScheduleCommand.Create(ID, KEY, CONTENT),
                new ScheduleCommand.Put(ID, KEY, OptionalLong.empty(), CONTENT, true),
                new ScheduleCommand.Put(ID, KEY, OptionalLong.of(7), CONTENT.pausedNow(false), false),
                new ScheduleCommand.Remove(ID, KEY, OptionalLong.of(7)),
                new ScheduleCommand.Remove(ID, KEY, OptionalLong.empty()),
                new ScheduleCommand.Pause(ID, KEY),
                new ScheduleCommand.Resume(ID, KEY),
                new FireAnswer(KEY, 3, AT, Outcome.SKIPPED_OVERLAP));
    }

    @ParameterizedTest
    @MethodSource("forSchedulers")
    void readsWhatTheApiTells(SchedulerMessage told) {
        assertThat(ScheduleCodec.forSchedulers(ScheduleCodec.encode(told))).isEqualTo(new Understood<>(told));
    }

    static Stream<ScheduleEvent> event() {
        Schedule schedule = new Schedule(KEY, 3, 7, Schedule.Source.CONFIGURATION, CONTENT, AT, AT.plusSeconds(1));
        return Stream.of(
                new ScheduleEvent.Stands(schedule, Optional.of(ID)),
                new ScheduleEvent.Stands(schedule, Optional.empty()),
                new ScheduleEvent.Removed(KEY, 3, 8, Optional.of(ID)),
                new ScheduleEvent.Removed(KEY, 3, 8, Optional.empty()),
                new ScheduleEvent.Refused(ID, ScheduleEvent.Reason.CONFIGURED));
    }

    @ParameterizedTest
    @MethodSource("event")
    void readsWhatSchedulersTell(ScheduleEvent event) {
        assertThat(ScheduleCodec.event(ScheduleCodec.encode(event))).isEqualTo(new Understood<>(event));
    }

    @Test
    void readsFires() {
        FireReport report = new FireReport(KEY, 3, AT, true, Overlap.SKIP, "{}");
        assertThat(ScheduleCodec.report(ScheduleCodec.encode(report))).isEqualTo(new Understood<>(report));
    }

    @ParameterizedTest
    @EnumSource
    void readsEachOutcome(Outcome outcome) {
        assertThat(Outcome.ofLabel(outcome.label())).isEqualTo(outcome);
    }

    @ParameterizedTest
    @MethodSource("forSchedulers")
    void namesTheFieldThatIsMissing(SchedulerMessage told) {
        List<String> flat = ScheduleCodec.encode(told);
        for (int i = 0; i < flat.size(); i += 2) {
            List<String> fewer = new ArrayList<>(flat);
            String name = fewer.get(i);
            fewer.subList(i, i + 2).clear();
            if (!OPTIONAL.contains(name)) {
                assertThat(ScheduleCodec.forSchedulers(fewer))
                        .isEqualTo(new Refused<>("Field '" + name + "' is missing."));
            }
        }
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(ScheduleCodec.forSchedulers(List.of("kind"))).isInstanceOf(Refused.class);
        assertThat(ScheduleCodec.forSchedulers(List.of("kind", "dance"))).isInstanceOf(Refused.class);
        assertThat(ScheduleCodec.event(List.of("kind", "refused", "command", "x", "reason", "stale")))
                .isEqualTo(new Refused<>("Field 'command' cannot be read."));
        List<String> broken = new ArrayList<>(ScheduleCodec.encode(new ScheduleCommand.Create(ID, KEY, CONTENT)));
        broken.set(broken.indexOf("plan") + 1, "{\"trigger\":{}}");
        assertThat(ScheduleCodec.forSchedulers(broken)).isInstanceOf(Refused.class);
        broken.set(broken.indexOf("plan") + 1, "{");
        assertThat(ScheduleCodec.forSchedulers(broken)).isInstanceOf(Refused.class);
    }
}
