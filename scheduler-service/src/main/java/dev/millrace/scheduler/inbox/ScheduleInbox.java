package dev.millrace.scheduler.inbox;

import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.ForSchedulers;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleNews;
import dev.millrace.scheduler.db.BadData;
import dev.millrace.scheduler.fires.Answers;
import dev.millrace.scheduler.quarantine.Quarantine;
import dev.millrace.scheduler.schedules.Commands;
import dev.millrace.scheduler.schedules.News;
import dev.millrace.stream.Reading;
import dev.millrace.stream.ScheduleCodec;
import dev.millrace.stream.StreamEntry;
import dev.millrace.stream.StreamNames;
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
    private final News news;
    private final Quarantine quarantine;

    public ScheduleInbox(Inbox inbox, Commands commands, Answers answers, News news, Quarantine quarantine) {
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
        List<Letter> letters = entries.stream().flatMap(this::opened).toList();
        keep(letters.stream()
                .filter(letter -> letter.content() instanceof FireAnswer)
                .toList());
        commands.tell(letters.stream().flatMap(this::carriedOut).toList());
    }

    /** An entry that could be read. */
    private record Letter(StreamEntry entry, ForSchedulers content) {}

    private Stream<Letter> opened(StreamEntry entry) {
        return switch (ScheduleCodec.forSchedulers(flat(entry.fields()))) {
            case Reading.Understood<ForSchedulers>(ForSchedulers content) -> Stream.of(new Letter(entry, content));
            case Reading.Refused<ForSchedulers>(String why) -> {
                refuse(entry, why);
                yield Stream.empty();
            }
        };
    }

    /** What PostgreSQL does not take is searched for by halves, so that it is passed over alone. */
    private void keep(List<Letter> answered) {
        try {
            answers.keep(answered.stream()
                    .map(letter -> (FireAnswer) letter.content())
                    .toList());
        } catch (BadData bad) {
            if (answered.size() == 1) {
                refuse(answered.getFirst().entry(), String.valueOf(bad.getMessage()));
            } else {
                keep(answered.subList(0, answered.size() / 2));
                keep(answered.subList(answered.size() / 2, answered.size()));
            }
        }
    }

    private Stream<List<String>> carriedOut(Letter letter) {
        if (!(letter.content() instanceof ScheduleCommand command)) {
            return Stream.empty();
        }
        try {
            return Stream.of(commands.carryOut(command));
        } catch (BadData | IllegalArgumentException bad) {
            refuse(letter.entry(), String.valueOf(bad.getMessage()));
            return Stream.empty();
        }
    }

    /** Whoever sent it waits for an answer. */
    private void refuse(StreamEntry entry, String why) {
        quarantine.keep(StreamNames.schedules(), entry, why);
        command(entry).ifPresent(id -> news.tell(List.of(new ScheduleNews.Refused(id, ScheduleNews.Reason.INVALID))));
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
