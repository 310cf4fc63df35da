package dev.millrace.ctl.letters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Letters that are named, or all open ones that pass a filter. */
public final class Chosen {

    @Parameters(arity = "0..*", paramLabel = "LETTER", description = "Their ids.")
    List<String> ids = List.of();

    @Mixin
    LetterFilter filter = new LetterFilter();

    @Option(names = "--every", description = "Without a filter: all there are.")
    boolean every;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "Of those that pass the filter, so many (${DEFAULT-VALUE}).")
    int most = 1_000;

    @Option(names = "--dry-run", description = "Only count those that pass the filter.")
    boolean dryRun;

    /** Whether they are named; refuses what does not go together. */
    boolean areNamed() {
        if (ids.isEmpty() && filter.isEmpty() && !every) {
            throw new Unusable("Say which: name letters, give a filter such as --task, or say --every.");
        }
        if (!ids.isEmpty() && (every || dryRun || !filter.isEmpty())) {
            throw new Unusable("Letters are named, or chosen by a filter, not both.");
        }
        return !ids.isEmpty();
    }

    /** The body that chooses them by the filter. */
    ObjectNode selection() {
        ObjectNode body = Json.object().put("limit", most).put("dryRun", dryRun);
        filter.on(body);
        return body;
    }
}
