package dev.millrace.scheduler.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.db.Db;
import dev.millrace.scheduler.db.Tx;
import dev.millrace.stream.entries.ScheduleCodec;
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

    private final Db db;
    private final DatabaseClock clock;
    private final ScheduleEventPublisher news;

    public Commands(Db db, DatabaseClock clock, ScheduleEventPublisher news) {
        this.db = db;
        this.clock = clock;
        this.news = news;
    }

    /** Returns the answer after the commit: names and values of an entry for {@link #tell}. */
    public List<String> carryOut(ScheduleCommand command) {
        return entry(db.transaction(LIMIT, tx -> answered(tx, command)));
    }

    public void tell(List<List<String>> answers) {
        news.write(answers);
    }

    private String answered(Tx tx, ScheduleCommand command) {
        ScheduleTable table = new ScheduleTable(tx);
        Optional<ScheduleRow> row = table.lock(command.key());
        Optional<CommandRow> before =
                tx.ask(() -> CommandRow.<CommandRow>findById(command.id()).map(Optional::ofNullable));
        return before.isPresent() ? before.get().answer : decided(tx, command, row);
    }

    private String decided(Tx tx, ScheduleCommand command, Optional<ScheduleRow> row) {
        Instant now = clock.now(tx);
        CommandDecision ruling =
                CommandDecision.on(command, row.filter(ScheduleRow::stands).map(ScheduleRow::schedule));
        String answer = text(ScheduleCodec.encode(done(new ScheduleTable(tx), ruling, command, row, now)));
        tx.ask(new CommandRow(command.id(), answer, now)::persist);
        return answer;
    }

    private static ScheduleEvent done(
            ScheduleTable table,
            CommandDecision ruling,
            ScheduleCommand command,
            Optional<ScheduleRow> row,
            Instant now) {
        return switch (ruling) {
            case CommandDecision.Make(ScheduleContent content) ->
                told(table.make(command.key(), row, content, Schedule.Source.API, now), command);
            case CommandDecision.Change(ScheduleContent content) ->
                told(table.change(row.orElseThrow(), content, now), command);
            case CommandDecision.Erase erase -> told(table.remove(row.orElseThrow(), now), command);
            case CommandDecision.Leave leave -> told(row.orElseThrow(), command);
            case CommandDecision.Refuse(ScheduleEvent.Reason reason) -> new ScheduleEvent.Refused(command.id(), reason);
        };
    }

    private static ScheduleEvent told(ScheduleRow row, ScheduleCommand command) {
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
