package dev.millrace.api.schedules.commands;

import dev.millrace.schedule.ScheduleEvent.Reason;

/** What the schedulers said to a command. */
public sealed interface Answer {

    /** It is carried out, and the record shows what came of it. */
    record Done() implements Answer {}

    /** Nothing was changed. */
    record Refused(Reason reason) implements Answer {}

    /** As the record has it. */
    default String label() {
        return switch (this) {
            case Done done -> "done";
            case Refused refused -> refused.reason().label();
        };
    }

    /** The answer that has this label. */
    static Answer ofLabel(String label) {
        return label.equals("done") ? new Done() : new Refused(Reason.ofLabel(label));
    }
}
