package dev.millrace.scheduler.declared;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Writes what the configuration says of a plan as a client of the api would: so one reader judges both. */
final class DeclaredPlan {

    private DeclaredPlan() {}

    static ObjectNode of(DeclaredConfig.Entry entry) {
        ObjectNode plan = JsonNodeFactory.instance.objectNode();
        trigger(plan.putObject("trigger"), entry);
        put(plan, "startAt", entry.startAt());
        put(plan, "endAt", entry.endAt());
        misfire(plan, entry);
        put(plan, "misfireGrace", entry.misfireGrace());
        put(plan, "catchUpWindow", entry.catchUpWindow());
        put(plan, "overlap", entry.overlap());
        return plan;
    }

    /** More than one kind is refused by the reader, as is none. */
    private static void trigger(ObjectNode trigger, DeclaredConfig.Entry entry) {
        if (entry.cron().isPresent()
                || entry.timezone().isPresent()
                || entry.dayMatch().isPresent()) {
            ObjectNode cron = trigger.putObject("cron");
            put(cron, "expression", entry.cron());
            put(cron, "timezone", entry.timezone());
            put(cron, "dayMatch", entry.dayMatch());
        }
        if (entry.every().isPresent() || entry.anchor().isPresent()) {
            ObjectNode interval = trigger.putObject("interval");
            put(interval, "every", entry.every());
            put(interval, "anchor", entry.anchor());
        }
        solar(trigger, entry.solar());
        entry.at().ifPresent(at -> trigger.putObject("once").put("at", at));
    }

    private static void solar(ObjectNode trigger, DeclaredConfig.Sun sun) {
        if (sun.event().isPresent()
                || sun.latitude().isPresent()
                || sun.longitude().isPresent()) {
            ObjectNode solar = trigger.putObject("solar");
            put(solar, "event", sun.event());
            sun.latitude().ifPresent(degrees -> solar.put("latitude", degrees));
            sun.longitude().ifPresent(degrees -> solar.put("longitude", degrees));
            put(solar, "offset", sun.offset());
        }
    }

    private static void misfire(ObjectNode plan, DeclaredConfig.Entry entry) {
        if (entry.misfire().filter("fire-all"::equals).isPresent()) {
            ObjectNode all = plan.putObject("misfire").putObject("fireAll");
            entry.misfireMax().ifPresent(max -> all.put("max", max));
        } else {
            put(plan, "misfire", entry.misfire().map(rule -> rule.equals("fire-once") ? "fireOnce" : rule));
        }
    }

    private static void put(ObjectNode object, String field, Optional<String> value) {
        value.ifPresent(text -> object.put(field, text));
    }
}
