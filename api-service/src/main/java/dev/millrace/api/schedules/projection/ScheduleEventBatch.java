package dev.millrace.api.schedules.projection;

import dev.millrace.api.schedules.commands.Answer;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Refused;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a batch of events comes to: of each schedule the latest, and the answers. */
record ScheduleEventBatch(Map<ScheduleKey, ScheduleVersion> schedules, Map<UUID, Answer> answers) {

    private static final Comparator<ScheduleKey> ORDER =
            Comparator.comparing(ScheduleKey::tenant).thenComparing(ScheduleKey::id);

    static ScheduleEventBatch of(Collection<ScheduleEvent> events) {
        ScheduleEventBatch batch = new ScheduleEventBatch(new TreeMap<>(ORDER), new HashMap<>());
        events.forEach(batch::add);
        return batch;
    }

    private void add(ScheduleEvent event) {
        switch (event) {
            case Stands stands -> {
                know(ScheduleVersion.of(stands));
                stands.command().ifPresent(command -> answers.put(command, new Answer.Done()));
            }
            case Removed removed -> {
                know(ScheduleVersion.of(removed));
                removed.command().ifPresent(command -> answers.put(command, new Answer.Done()));
            }
            case Refused refused -> answers.putIfAbsent(refused.command(), new Answer.Refused(refused.reason()));
        }
    }

    private void know(ScheduleVersion known) {
        schedules.merge(known.key(), known, ScheduleVersion::later);
    }
}
