package dev.millrace.api.schedules.projection;

import dev.millrace.api.schedules.commands.Answer;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.ScheduleNews;
import dev.millrace.schedule.ScheduleNews.Refused;
import dev.millrace.schedule.ScheduleNews.Removed;
import dev.millrace.schedule.ScheduleNews.Stands;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a batch of news comes to: of each schedule the latest, and the answers. */
record Heard(Map<ScheduleKey, Known> schedules, Map<UUID, Answer> answers) {

    private static final Comparator<ScheduleKey> ORDER =
            Comparator.comparing(ScheduleKey::tenant).thenComparing(ScheduleKey::id);

    static Heard of(Collection<ScheduleNews> news) {
        Heard heard = new Heard(new TreeMap<>(ORDER), new HashMap<>());
        news.forEach(heard::hear);
        return heard;
    }

    private void hear(ScheduleNews news) {
        switch (news) {
            case Stands stands -> {
                know(Known.of(stands));
                stands.command().ifPresent(command -> answers.put(command, new Answer.Done()));
            }
            case Removed removed -> {
                know(Known.of(removed));
                removed.command().ifPresent(command -> answers.put(command, new Answer.Done()));
            }
            case Refused refused -> answers.putIfAbsent(refused.command(), new Answer.Refused(refused.reason()));
        }
    }

    private void know(Known known) {
        schedules.merge(known.key(), known, Known::later);
    }
}
