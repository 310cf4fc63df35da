package dev.millrace.api.schedules;

import dev.millrace.schedule.Plan;

/** A plan as a sentence: {@code It fires every 5 minutes, from 2026-01-01T00:00:00Z on.} */
final class Description {

    private Description() {}

    static String of(Plan plan) {
        return "It fires " + plan.trigger().description() + bounds(plan) + ".";
    }

    private static String bounds(Plan plan) {
        if (plan.startAt() == null) {
            return plan.endAt() == null ? "" : ", until " + plan.endAt();
        }
        return ", from " + plan.startAt() + (plan.endAt() == null ? " on" : " until " + plan.endAt());
    }
}
