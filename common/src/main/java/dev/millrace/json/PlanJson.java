package dev.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Cron;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Once;
import dev.millrace.schedule.trigger.Solar;
import dev.millrace.schedule.trigger.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan as JSON, as clients write and read it:
 *
 * <pre>{@code
 * {"trigger": {"cron": {"expression": "0 9 * * MON-FRI", "timezone": "Europe/Berlin", "dayMatch": "either"}}
 *           | {"interval": {"every": "PT5M", "anchor": "2026-01-01T00:00:00Z"}}
 *           | {"solar": {"event": "sunset", "latitude": 52.5, "longitude": 13.4, "offset": "-PT15M"}}
 *           | {"once": {"at": "2026-01-01T00:00:00Z"}},
 *  "startAt": null, "endAt": null, "misfire": "fireOnce" | "skip" | {"fireAll": {"max": 10}},
 *  "misfireGrace": "PT60S", "catchUpWindow": "P365D", "overlap": "allow" | "skip"}
 * }</pre>
 */
public final class PlanJson {

    /** The fields of a plan; all but the first may be missing. */
    public static final Set<String> FIELDS =
            Set.of("trigger", "startAt", "endAt", "misfire", "misfireGrace", "catchUpWindow", "overlap");

    private PlanJson() {}

    /**
     * The plan among these fields; others are passed over. Empty if anything is wrong, which the fields then have collected.
     *
     * @param now from which an interval without an anchor counts
     */
    public static Optional<Plan> read(JsonFields fields, Instant now) {
        return new PlanReader(fields, now).read();
    }

    /** With every field, so that it reads the same at any time. */
    public static ObjectNode write(Plan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("trigger", write(plan.trigger()));
        json.put("startAt", text(plan.startAt()));
        json.put("endAt", text(plan.endAt()));
        json.set("misfire", write(plan.misfire()));
        json.put("misfireGrace", plan.misfireGrace().toString());
        json.put("catchUpWindow", plan.catchUpWindow().toString());
        json.put("overlap", plan.overlap().label());
        return json;
    }

    private static ObjectNode write(Trigger trigger) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (trigger) {
            case Cron cron ->
                json.putObject("cron")
                        .put("expression", cron.expression().toString())
                        .put("timezone", cron.zone().getId())
                        .put("dayMatch", cron.expression().dayMatch().label());
            case Every every ->
                json.putObject("interval")
                        .put("every", every.interval().toString())
                        .put("anchor", every.anchor().toString());
            case Solar solar ->
                json.putObject("solar")
                        .put("event", solar.event().label())
                        .put("latitude", solar.latitude())
                        .put("longitude", solar.longitude())
                        .put("offset", solar.offset().toString());
            case Once once -> json.putObject("once").put("at", once.at().toString());
        }
        return json;
    }

    private static JsonNode write(Misfire misfire) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (misfire) {
            case Misfire.FireOnce once -> json.textNode("fireOnce");
            case Misfire.Skip skip -> json.textNode("skip");
            case Misfire.FireAll all -> {
                ObjectNode object = json.objectNode();
                object.putObject("fireAll").put("max", all.most());
                yield object;
            }
        };
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
