package dev.millrace.scheduler.inbox;

import dev.millrace.postgres.BadData;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.SchedulerMessage;
import dev.millrace.scheduler.fires.Answers;
import dev.millrace.scheduler.quarantine.Quarantine;
import dev.millrace.scheduler.quarantine.Unreadable;
import dev.millrace.scheduler.schedules.Commands;
import dev.millrace.scheduler.schedules.ScheduleEventPublisher;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Does what the api asks, and writes down what it answers. For one thread. */
public final class ScheduleInbox {

    private final Inbox inbox;
    private final Commands commands;
    private final Answers answers;
    private final ScheduleEventPublisher news;
    private final Quarantine quarantine;

    public ScheduleInbox(
            Inbox inbox, Commands commands, Answers answers, ScheduleEventPublisher news, Quarantine quarantine) {
        this.inbox = inbox;
        this.commands = commands;
        this.answers = answers;
        this.news = news;
        this.quarantine = quarantine;
    }

    /** Waits up to a second for entries; does with them what is to be done, and acknowledges them. */
    public Duration workOnce() {
        inbox.workOnce(this::work);
        return Duration.ZERO;
    }

    private void work(List<StreamEntry> entries) {
        List<Unreadable> bad = new ArrayList<>();
        List<Letter> letters =
                entries.stream().flatMap(entry -> opened(entry, bad)).toList();
        keep(
                letters.stream()
                        .filter(letter -> letter.content() instanceof FireAnswer)
                        .toList(),
                bad);
        List<List<String>> done =
                letters.stream().flatMap(letter -> carriedOut(letter, bad)).toList();
        quarantine.keep(StreamNames.schedules(), bad);
        commands.tell(done);
        news.tell(bad.stream().flatMap(ScheduleInbox::refusal).toList());
    }

    /** An entry that could be read. */
    private record Letter(StreamEntry entry, SchedulerMessage content) {

        Unreadable refused(RuntimeException why) {
            return new Unreadable(entry, String.valueOf(why.getMessage()));
        }
    }

    private static Stream<Letter> opened(StreamEntry entry, List<Unreadable> bad) {
        return switch (ScheduleCodec.forSchedulers(flat(entry.fields()))) {
            case Reading.Understood<SchedulerMessage>(SchedulerMessage content) ->
                Stream.of(new Letter(entry, content));
            case Reading.Refused<SchedulerMessage>(String why) -> {
                bad.add(new Unreadable(entry, why));
                yield Stream.empty();
            }
        };
    }

    /** What PostgreSQL does not take is searched for by halves, so that it is passed over alone. */
    private void keep(List<Letter> answered, List<Unreadable> bad) {
        try {
            answers.keep(answered.stream()
                    .map(letter -> (FireAnswer) letter.content())
                    .toList());
        } catch (BadData refused) {
            if (answered.size() == 1) {
                bad.add(answered.getFirst().refused(refused));
            } else {
                keep(answered.subList(0, answered.size() / 2), bad);
                keep(answered.subList(answered.size() / 2, answered.size()), bad);
            }
        }
    }

    private Stream<List<String>> carriedOut(Letter letter, List<Unreadable> bad) {
        if (!(letter.content() instanceof ScheduleCommand command)) {
            return Stream.empty();
        }
        try {
            return Stream.of(commands.carryOut(command));
        } catch (BadData | IllegalArgumentException refused) {
            bad.add(letter.refused(refused));
            return Stream.empty();
        }
    }

    /** Whoever sent a command waits for an answer. */
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

    private static List<String> flat(Map<String, String> fields) {
        List<String> flat = new ArrayList<>(2 * fields.size());
        fields.forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return flat;
    }
}
