package dev.millrace.api.record.query;

import dev.millrace.api.http.access.Caller;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How clients may ask for what {@link dev.millrace.embedded.EndedJobs} has made.
 *
 * @param between some time at which some of them were made
 */
record SeededFilters(Instant between) {

    /** Every filter and every two of them, with values of many jobs, of few and of none. */
    List<String> queries() {
        List<String> one = List.of(
                "state=SUCCEEDED",
                "state=FAILED",
                "state=RUNNING",
                "task=seeded.1",
                "task=none",
                "queue=seeded.0",
                "queue=none",
                "tag=tenth",
                "tag=oldest",
                "tag=none",
                "scheduleId=seeded",
                "scheduleId=none",
                "createdAfter=" + between,
                "createdBefore=" + between);
        List<String> all = new ArrayList<>(one);
        all.add("");
        for (String first : one) {
            one.stream()
                    .filter(second ->
                            second.compareTo(first) > 0 && !name(second).equals(name(first)))
                    .forEach(second -> all.add(first + "&" + second));
        }
        return all;
    }

    static String name(String filter) {
        return filter.substring(0, filter.indexOf('='));
    }

    static JobFilter filter(Caller caller, String query) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        for (String one : query.isEmpty() ? new String[0] : query.split("&")) {
            parameters.add(name(one), one.substring(one.indexOf('=') + 1));
        }
        return ListRequest.page(caller, parameters).filter();
    }
}
