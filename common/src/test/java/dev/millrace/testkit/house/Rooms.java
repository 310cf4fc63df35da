package dev.millrace.testkit.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/**
 * Who may see whom: in each package here, a room sees those that are named before it, and no other. What lies in the package
 * itself sees all its rooms; of these only those behind the empty name see it. A room that is not named is refused.
 */
public record Rooms(String root, List<String> names) {

    private static final String ITSELF = "";

    public static final Rooms COMMON = new Rooms(
            "dev.millrace",
            List.of(
                    "embedded", // the servers of tests
                    "names",
                    "batch",
                    "retry",
                    "job",
                    "schedule",
                    "fleet",
                    "task",
                    "flow",
                    "json",
                    "sensitive",
                    "time",
                    "loop",
                    "health",
                    "listen",
                    "log",
                    "config",
                    "stream",
                    "postgres"));

    public static final Rooms SCHEDULE = new Rooms("dev.millrace.schedule", List.of("cron", "trigger"));

    public static final Rooms STREAM =
            new Rooms("dev.millrace.stream", List.of("entries", "redis", "groups", "jobs", "timers", "control"));

    public static final Rooms API = new Rooms(
            "dev.millrace.api",
            List.of(
                    "base",
                    "http",
                    "record",
                    "tenants",
                    "tokens",
                    "outbox",
                    "catalog",
                    "live",
                    "jobs",
                    "workflows",
                    "schedules",
                    "service"));

    public static final Rooms WORKER = new Rooms(
            "dev.millrace.worker",
            List.of(
                    "registry",
                    "flows",
                    "policy",
                    "held",
                    "settle",
                    "run",
                    "take",
                    "lease",
                    "drain",
                    "fleet",
                    "control",
                    "outbound",
                    "tasks",
                    ITSELF,
                    "health"));

    public static final Rooms SCHEDULER = new Rooms(
            "dev.millrace.scheduler",
            List.of("timers", "db", "schedules", "declared", "fires", "inbox", "maintenance", ITSELF, "health"));

    /** No class sees a room that comes after its own. */
    public ArchRule rule() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(seeOnlyWhatComesBefore())
                .because("arrows between rooms go one way; the order stands in " + Rooms.class.getSimpleName());
    }

    private ArchCondition<JavaClass> seeOnlyWhatComesBefore() {
        return new ArchCondition<>("see only rooms that come before their own") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                int own = place(one.getPackageName());
                if (own < 0) {
                    String unnamed = one.getName() + " lies in a room of " + root + " that Rooms does not name";
                    events.add(SimpleConditionEvent.violated(one, unnamed));
                }
                one.getDirectDependenciesFromSelf().stream()
                        .filter(arrow -> isBelow(arrow.getTargetClass().getPackageName()))
                        .filter(arrow -> place(arrow.getTargetClass().getPackageName()) > own)
                        .map(Dependency::getDescription)
                        .forEach(upward -> events.add(SimpleConditionEvent.violated(one, upward)));
            }
        };
    }

    private boolean isBelow(String name) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    /** The later, the more it sees; a root that is not in the list sees all. */
    private int place(String name) {
        String room =
                name.equals(root) ? ITSELF : name.substring(root.length() + 1).split("\\.", 2)[0];
        return room.equals(ITSELF) && !names.contains(ITSELF) ? names.size() : names.indexOf(room);
    }
}
