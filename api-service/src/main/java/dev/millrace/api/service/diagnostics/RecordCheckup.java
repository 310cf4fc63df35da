package dev.millrace.api.service.diagnostics;

import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.api.record.projection.ProjectionMeters;
import dev.millrace.loop.Loops;
import dev.millrace.loop.Loops.Watched;
import dev.millrace.postgres.Db;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether what happens is recorded in time, here and, as far as PostgreSQL tells, elsewhere. */
record RecordCheckup(Db db, ProjectionMeters projection, Loops loops) implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "record";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(lag(Duration.ofMillis(projection.lagMillis())));
        findings.add(stuck(loops.watched().stream()
                .filter(Watched::stuck)
                .map(one -> one.role().name())
                .toList()));
        findings.addAll(db.session(
                LIMIT,
                tx -> tx.first(RecordFindings::of, RecordFindings.ASK.formatted(WaitingRows.COUNT_PARKED))
                        .orElseThrow()
                        .all()));
        return findings;
    }

    static Finding lag(Duration lag) {
        return lag.compareTo(LATE) > 0
                ? Finding.bad(
                        "record",
                        "The record is " + lag.toSeconds() + " s behind what happens.",
                        "See what is said of PostgreSQL; start another api if it is well.")
                : Finding.ok("record", "It is up to date.");
    }

    static Finding stuck(List<String> names) {
        return names.isEmpty()
                ? Finding.ok("loops", "All loops of this instance turn.")
                : Finding.bad(
                        "loops",
                        "Loops of this instance are stuck: " + String.join(", ", names) + ".",
                        "Look into its log; a probe on /q/health/live has it restarted.");
    }
}
