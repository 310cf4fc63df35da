package dev.millrace.fleet;

import java.time.Duration;
import java.util.Set;

/**
 * What somebody asks of some processes. It is written once and read by all; those that it names obey it once, or, if they
 * come to it too late, not at all. Throws {@link IllegalArgumentException} with the rule and the value if it is none.
 *
 * @param to the ids of those that are meant, at least one
 * @param within how long it is worth obeying, by Redis's clock, from when it was written; more than nothing, in milliseconds
 */
public record ControlCommand(Set<String> to, ControlAction action, Duration within) {

    public ControlCommand {
        if (to.isEmpty()) {
            throw new IllegalArgumentException("A command names at least one process.");
        }
        to.forEach(FleetRules::worker);
        FleetRules.atLeast("time in which a command is obeyed, in milliseconds,", 1, within.toMillis());
        to = Set.copyOf(to);
    }
}
