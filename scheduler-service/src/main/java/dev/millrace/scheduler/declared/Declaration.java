package dev.millrace.scheduler.declared;

import dev.millrace.json.JsonFields;
import dev.millrace.json.PlanJson;
import dev.millrace.json.Violation;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A schedule that the configuration declares. */
public record Declaration(ScheduleKey key, ScheduleContent content) {

    /** What the keys are called as fields of the notation that clients write. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("/trigger", ""),
            Map.entry("/trigger/cron/expression", ".cron"),
            Map.entry("/trigger/cron/timezone", ".timezone"),
            Map.entry("/trigger/cron/dayMatch", ".day-match"),
            Map.entry("/trigger/interval/every", ".every"),
            Map.entry("/trigger/interval/anchor", ".anchor"),
            Map.entry("/trigger/solar/event", ".solar.event"),
            Map.entry("/trigger/solar/latitude", ".solar.latitude"),
            Map.entry("/trigger/solar/longitude", ".solar.longitude"),
            Map.entry("/trigger/solar/offset", ".solar.offset"),
            Map.entry("/trigger/once/at", ".at"),
            Map.entry("/startAt", ".start-at"),
            Map.entry("/endAt", ".end-at"),
            Map.entry("/misfire", ".misfire"),
            Map.entry("/misfire/fireAll/max", ".misfire-max"),
            Map.entry("/misfireGrace", ".misfire-grace"),
            Map.entry("/catchUpWindow", ".catch-up-window"),
            Map.entry("/overlap", ".overlap"));

    /**
     * All of them.
     *
     * @throws IllegalArgumentException if one of them is wrong, with its key and all that is wrong with it
     */
    public static List<Declaration> of(DeclaredConfig config) {
        return config.byName().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Declaration of(String name, DeclaredConfig.Entry entry) {
        String prefix = "millrace.schedules.\"" + name + "\"";
        return new Declaration(
                key(prefix, entry.tenant(), name),
                new ScheduleContent(plan(prefix, entry), DeclaredJob.of(prefix, entry), entry.paused()));
    }

    private static ScheduleKey key(String prefix, String tenant, String name) {
        try {
            return new ScheduleKey(tenant, name);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(prefix + ": " + wrong.getMessage(), wrong);
        }
    }

    /** An interval without an anchor counts from 1970 on, so that it ticks the same after every start. */
    private static Plan plan(String prefix, DeclaredConfig.Entry entry) {
        List<Violation> violations = new ArrayList<>();
        JsonFields fields = new JsonFields("", DeclaredPlan.of(entry), violations);
        if (entry.misfireMax().isPresent()
                && entry.misfire().filter("fire-all"::equals).isEmpty()) {
            throw new IllegalArgumentException(
                    prefix + ".misfire-max: It belongs to misfire=fire-all, and to no other.");
        }
        return PlanJson.read(fields, Instant.EPOCH)
                .orElseThrow(() -> new IllegalArgumentException(violations.stream()
                        .map(violation -> message(prefix, violation))
                        .collect(Collectors.joining(" "))));
    }

    private static String message(String prefix, Violation violation) {
        return prefix + KEYS.getOrDefault(violation.pointer(), "") + ": " + violation.detail();
    }
}
