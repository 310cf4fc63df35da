package dev.millrace.proving.checker;

import java.util.List;
import java.util.Map;

/**
 * What the checker found.
 *
 * @param timelines of some of the jobs that broke a rule: all that was seen of them, in order
 */
public record Verdict(List<Violation> violations, Figures figures, Map<String, List<String>> timelines) {

    public boolean clean() {
        return violations.isEmpty();
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder(figures.toString()).append('\n');
        violations.stream()
                .limit(Checker.MOST_SHOWN)
                .forEach(one -> text.append(one).append('\n'));
        if (violations.size() > Checker.MOST_SHOWN) {
            text.append("and ").append(violations.size() - Checker.MOST_SHOWN).append(" more\n");
        }
        timelines.forEach((job, lines) -> {
            text.append("\n").append(job).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }
}
