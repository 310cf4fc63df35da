package dev.millrace.scheduler.schedules;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleCommand.Pause;
import dev.millrace.schedule.ScheduleCommand.Put;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleCommand.Resume;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent.Reason;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What is to be done about a command. */
sealed interface CommandDecision {

    /** A schedule is made where none stands. */
    record Make(ScheduleContent content) implements CommandDecision {}

    /** The one that stands is given this content. */
    record Change(ScheduleContent content) implements CommandDecision {}

    /** The one that stands goes. */
    record Erase() implements CommandDecision {}

    /** All is as the command wants it. */
    record Leave() implements CommandDecision {}

    /** Nothing is done. */
    record Refuse(Reason reason) implements CommandDecision {}

    /** Decides about a command of a client's. */
    static CommandDecision on(ScheduleCommand command, Optional<Schedule> status) {
        return switch (command) {
            case Create create -> status.isPresent() ? new Refuse(Reason.EXISTS) : new Make(create.content());
            case Put put when status.isEmpty() && put.version().isEmpty() -> new Make(put.content());
            case Put put -> ifAt(put.version(), status, found -> toBe(put.contentAfter(found.content()), found));
            case Remove remove -> ifAt(remove.version(), status, found -> new Erase());
            case Pause pause -> ifAny(status, found -> toBe(found.content().pausedNow(true), found));
            case Resume resume -> ifAny(status, found -> toBe(found.content().pausedNow(false), found));
        };
    }

    /** So that whoever says the same again finds the same version. */
    static CommandDecision toBe(ScheduleContent content, Schedule status) {
        return content.equals(status.content()) ? new Leave() : new Change(content);
    }

    private static CommandDecision ifAt(
            OptionalLong version, Optional<Schedule> status, Function<Schedule, CommandDecision> decision) {
        return ifAny(
                status,
                found -> version.orElse(found.version()) == found.version()
                        ? decision.apply(found)
                        : new Refuse(Reason.STALE));
    }

    private static CommandDecision ifAny(Optional<Schedule> status, Function<Schedule, CommandDecision> decision) {
        return status.map(found -> isClients(found) ? decision.apply(found) : new Refuse(Reason.CONFIGURED))
                .orElseGet(() -> new Refuse(Reason.UNKNOWN));
    }

    private static boolean isClients(Schedule schedule) {
        return schedule.source() == Schedule.Source.API;
    }
}
