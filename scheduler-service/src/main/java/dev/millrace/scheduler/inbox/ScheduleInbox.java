package dev.millrace.scheduler.inbox;

import dev.millrace.batch.Unprocessable;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.SchedulerMessage;
import dev.millrace.scheduler.fires.Answers;
import dev.millrace.scheduler.schedules.Commands;
import dev.millrace.scheduler.schedules.ScheduleEventPublisher;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.Quarantine;
import dev.millrace.stream.groups.StreamConsumer;
import dev.millrace.stream.groups.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Does what the api asks, and writes down what it answers. For one thread. */
public final class ScheduleInbox {

    private static final int BATCH = 100;

    private final StreamConsumer<SchedulerMessage> consumer;
    private final Commands commands;
    private final Answers answers;
    private final ScheduleEventPublisher events;

    public ScheduleInbox(
            GroupMember member, String stream, Commands commands, Answers answers, ScheduleEventPublisher events) {
        this.commands = commands;
        this.answers = answers;
        this.events = events;
        this.consumer = member.with(answering(member.quarantine()))
                .consumer(stream, BATCH, entry -> ScheduleCodec.forSchedulers(entry.fields()));
    }

    /** Does a batch, and acknowledges it; waits up to a second for one. */
    public Duration workOnce() {
        return consumer.consumeOnce(this::work);
    }

    private void work(List<SchedulerMessage> messages) {
        answers.keep(of(FireAnswer.class, messages));
        commands.publish(of(ScheduleCommand.class, messages).stream()
                .map(this::carriedOut)
                .toList());
    }

    private static <T> List<T> of(Class<T> kind, List<SchedulerMessage> messages) {
        return messages.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Those before it are carried out again, which gives the same answers. */
    private List<String> carriedOut(ScheduleCommand command) {
        try {
            return commands.carryOut(command);
        } catch (IllegalArgumentException broken) {
            throw new Unprocessable(String.valueOf(broken.getMessage()), broken);
        }
    }

    /** Whoever sent a command waits for an answer. */
    private Quarantine answering(Quarantine quarantine) {
        return (stream, unreadable) -> {
            quarantine.keep(stream, unreadable);
            events.publish(unreadable.stream().flatMap(ScheduleInbox::refusal).toList());
        };
    }

    private static Stream<ScheduleEvent> refusal(Unreadable bad) {
        return command(bad.entry()).stream().map(id -> new ScheduleEvent.Refused(id, ScheduleEvent.Reason.INVALID));
    }

    private static Optional<UUID> command(StreamEntry entry) {
        try {
            return Optional.ofNullable(entry.fields().get("command")).map(UUID::fromString);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
