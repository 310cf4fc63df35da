package dev.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.cron.CronExpression;
import dev.millrace.schedule.cron.DayMatch;
import dev.millrace.schedule.trigger.Cron;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Once;
import dev.millrace.schedule.trigger.ScheduleRules;
import dev.millrace.schedule.trigger.Solar;
import dev.millrace.schedule.trigger.SolarEvent;
import dev.millrace.schedule.trigger.Trigger;
import dev.millrace.schedule.trigger.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@link PlanJson}, and tells all that is wrong with it. */
final class PlanReader {

    private static final String TIME = "a time of the years 1970 to 9999 such as 2026-01-31T12:00:00Z";
    private static final String DURATION = "a duration such as PT1H30M";
    private static final List<String> TRIGGERS = List.of("cron", "interval", "solar", "once");

    private final JsonFields fields;
    private final Instant now;

    PlanReader(JsonFields fields, Instant now) {
        this.fields = fields;
        this.now = now;
    }

    Optional<Plan> read() {
        int before = fields.violations().size();
        Trigger trigger = trigger();
        Instant startAt = time(fields, "startAt");
        Instant endAt = time(fields, "endAt");
        Misfire misfire = or(misfire(), new Misfire.FireOnce());
        Duration grace = or(length("misfireGrace", Duration.ZERO, Plan.LONGEST_GRACE), Plan.DEFAULT_GRACE);
        Duration window = or(length("catchUpWindow", grace, Plan.LONGEST_WINDOW), later(grace, Plan.DEFAULT_WINDOW));
        Overlap overlap = or(fields.text("overlap", "allow or skip", Overlap::ofLabel), Overlap.ALLOW);
        if (trigger == null || fields.violations().size() > before) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                said("trigger", () -> new Plan(trigger, startAt, endAt, misfire, grace, window, overlap)));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private @Nullable Trigger trigger() {
        JsonFields trigger = fields.object("trigger");
        if (trigger == null) {
            if (!fields.has("trigger")) {
                fields.wrong("trigger", "'trigger' is missing; it says when the schedule fires.");
            }
            return null;
        }
        if (!trigger.refuseOthers(Set.copyOf(TRIGGERS))) {
            return null;
        }
        List<String> kinds = TRIGGERS.stream().filter(trigger::has).toList();
        if (kinds.size() != 1) {
            fields.wrong("trigger", "A trigger is one of cron, interval, solar and once.");
            return null;
        }
        JsonFields own = trigger.object(kinds.getFirst());
        return own == null ? null : trigger(kinds.getFirst(), own);
    }

    private @Nullable Trigger trigger(String kind, JsonFields own) {
        return switch (kind) {
            case "cron" -> cron(own);
            case "interval" -> interval(own);
            case "solar" -> solar(own);
            default -> once(own);
        };
    }

    private static @Nullable Trigger cron(JsonFields own) {
        own.refuseOthers(Set.of("expression", "timezone", "dayMatch"));
        DayMatch match = or(own.text("dayMatch", "either or both", DayMatch::ofLabel), DayMatch.EITHER);
        CronExpression expression = required(own, "expression", text -> CronExpression.parse(text, match));
        ZoneId zone = own.has("timezone") ? required(own, "timezone", Zones::named) : Zones.named("UTC");
        return expression == null || zone == null ? null : new Cron(expression, zone);
    }

    private @Nullable Trigger interval(JsonFields own) {
        own.refuseOthers(Set.of("every", "anchor"));
        Instant anchor = or(time(own, "anchor"), now);
        return required(own, "every", text -> new Every(duration(text), anchor));
    }

    private static @Nullable Trigger solar(JsonFields own) {
        own.refuseOthers(Set.of("event", "latitude", "longitude", "offset"));
        SolarEvent event = required(own, "event", SolarEvent::ofLabel);
        Double latitude = degrees(own, "latitude", Solar.FARTHEST_LATITUDE);
        Double longitude = degrees(own, "longitude", Solar.FARTHEST_LONGITUDE);
        Duration offset = or(within(own, "offset", Solar.FARTHEST.negated(), Solar.FARTHEST), Duration.ZERO);
        return event == null || latitude == null || longitude == null
                ? null
                : new Solar(event, latitude, longitude, offset);
    }

    private static @Nullable Trigger once(JsonFields own) {
        own.refuseOthers(Set.of("at"));
        if (!own.has("at")) {
            own.wrong("at", "'at' is missing.");
        }
        Instant at = time(own, "at");
        return at == null ? null : new Once(at);
    }

    private static @Nullable Double degrees(JsonFields own, String name, int most) {
        if (!own.object().path(name).isNumber()) {
            own.wrong(name, "'%s' is to be a number of degrees.".formatted(name));
            return null;
        }
        double degrees = own.object().get(name).doubleValue();
        return said(own, name, () -> {
            ScheduleRules.degrees(name, most, degrees);
            return degrees;
        });
    }

    private @Nullable Misfire misfire() {
        JsonNode value = fields.object().path("misfire");
        return value.isObject()
                ? fireAll(value)
                : fields.text("misfire", "fireOnce, skip or {\"fireAll\": {\"max\": 10}}", PlanReader::misfire);
    }

    private static Misfire misfire(String word) {
        return switch (word) {
            case "fireOnce" -> new Misfire.FireOnce();
            case "skip" -> new Misfire.Skip();
            default -> throw new IllegalArgumentException("There is no such rule.");
        };
    }

    private @Nullable Misfire fireAll(JsonNode value) {
        JsonFields own = new JsonFields(fields.pointer("misfire"), value, fields.violations());
        if (!own.refuseOthers(Set.of("fireAll"))) {
            return null;
        }
        if (!own.has("fireAll")) {
            fields.wrong("misfire", "An object as 'misfire' is {\"fireAll\": {\"max\": 10}}.");
            return null;
        }
        JsonFields all = own.object("fireAll");
        if (all == null || !all.refuseOthers(Set.of("max"))) {
            return null;
        }
        String range = "a whole number from 1 to " + Misfire.FireAll.LIMIT;
        Misfire read = all.read("max", range, max -> new Misfire.FireAll(whole(max)));
        if (!all.has("max")) {
            all.wrong("max", "'max' is missing: " + range + ".");
        }
        return read;
    }

    private static int whole(JsonNode value) {
        return JsonFields.required(value.isIntegralNumber() && value.canConvertToInt(), value)
                .intValue();
    }

    private static @Nullable Instant time(JsonFields own, String name) {
        return own.text(
                name,
                TIME,
                text -> ScheduleRules.instant(name, OffsetDateTime.parse(text).toInstant()));
    }

    private @Nullable Duration length(String name, Duration least, Duration most) {
        return within(fields, name, least, most);
    }

    /** The rule's own sentence says more than "is to be a duration". */
    private static @Nullable Duration within(JsonFields own, String name, Duration least, Duration most) {
        Duration given = own.text(name, DURATION, Duration::parse);
        return given == null ? null : said(own, name, () -> ScheduleRules.within(name, least, most, given));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("'every' is to be " + DURATION + ".", malformed);
        }
    }

    /** A text that must be there; what is wrong with it is told in the reader's own words. */
    private static <T> @Nullable T required(JsonFields own, String name, Function<String, T> reader) {
        if (!(own.object().get(name) instanceof TextNode text)) {
            own.wrong(name, "'%s' is to be a text, and has to be there.".formatted(name));
            return null;
        }
        return said(own, name, () -> reader.apply(text.textValue()));
    }

    private <T> @Nullable T said(String name, Supplier<T> maker) {
        return said(fields, name, maker);
    }

    private static <T> @Nullable T said(JsonFields own, String name, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException wrong) {
            own.wrong(name, String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
