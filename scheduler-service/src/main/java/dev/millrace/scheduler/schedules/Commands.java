package dev.millrace.scheduler.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.db.Entities;
import dev.millrace.stream.entries.ScheduleCodec;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries out commands, each once. */
public final class Commands {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> ENTRY = new TypeReference<>() {};

    private final DatabaseClock clock;
    private final ScheduleEventPublisher events;

    public Commands(DatabaseClock clock, ScheduleEventPublisher events) {
        this.clock = clock;
        this.events = events;
    }

    /** Returns the answer after the commit: names and values of an entry for {@link #publish}. */
    public List<String> carryOut(ScheduleCommand command) {
        return entry(Entities.transaction(LIMIT, () -> answered(command)));
    }

    public void publish(List<List<String>> answers) {
        events.write(answers);
    }

    private Uni<String> answered(ScheduleCommand command) {
        return ScheduleTable.lock(command.key())
                .chain(row -> CommandRow.of(command.id())
                        .chain(before -> before.isPresent()
                                ? Uni.createFrom().item(before.get().answer())
                                : decided(command, row)));
    }

    private Uni<String> decided(ScheduleCommand command, Optional<ScheduleRow> row) {
        CommandDecision decision =
                CommandDecision.on(command, row.filter(ScheduleRow::stands).map(ScheduleRow::schedule));
        return clock.now()
                .chain(now -> done(decision, command, row, now)
                        .map(event -> text(ScheduleCodec.encode(event)))
                        .call(answer -> new CommandRow(command.id(), answer, now).persist()));
    }

    private static Uni<ScheduleEvent> done(
            CommandDecision decision, ScheduleCommand command, Optional<ScheduleRow> row, Instant now) {
        return switch (decision) {
            case CommandDecision.Make(ScheduleContent content) ->
                ScheduleTable.make(command.key(), row, content, Schedule.Source.API, now)
                        .map(made -> eventOf(made, command));
            case CommandDecision.Change(ScheduleContent content) ->
                ScheduleTable.change(row.orElseThrow(), content, now).map(changed -> eventOf(changed, command));
            case CommandDecision.Erase erase ->
                ScheduleTable.remove(row.orElseThrow(), now).map(removed -> eventOf(removed, command));
            case CommandDecision.Leave leave -> Uni.createFrom().item(eventOf(row.orElseThrow(), command));
            case CommandDecision.Refuse(ScheduleEvent.Reason reason) ->
                Uni.createFrom().item(new ScheduleEvent.Refused(command.id(), reason));
        };
    }

    private static ScheduleEvent eventOf(ScheduleRow row, ScheduleCommand command) {
        return ScheduleEventPublisher.of(row, Optional.of(command.id()));
    }

    private static String text(List<String> entry) {
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<String> entry(String text) {
        try {
            return JSON.readValue(text, ENTRY);
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException("A row of scheduler.command holds no entry.", damaged);
        }
    }
}
