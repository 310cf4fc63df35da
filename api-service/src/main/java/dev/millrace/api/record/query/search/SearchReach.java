package dev.millrace.api.record.query.search;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How far one call looked for what was typed.
 *
 * @param indexed fields that were found by an index, however many jobs there are
 * @param filtered fields at which one job after the other was looked
 * @param lookedAt how many jobs a call looks at, at most, for the sake of those that are filtered
 */
@RegisterForReflection
public record SearchReach(List<String> indexed, List<String> filtered, int lookedAt) {

    public static SearchReach of(Search search, int most) {
        return new SearchReach(List.copyOf(search.indexedFields()), List.copyOf(search.filteredFields()), most);
    }
}
