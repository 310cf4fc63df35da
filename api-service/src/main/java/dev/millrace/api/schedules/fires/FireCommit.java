package dev.millrace.api.schedules.fires;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.schedules.fires.FireDecision.Submit;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.Fire;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Decides a batch of reports: those that are to make jobs in one transaction, which makes them, others one by one. */
@Singleton
public class FireCommit {

    private static final Logger LOG = Logger.getLogger(FireCommit.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Db db;
    private final Intake intake;
    private final Acceptance acceptance;
    private final Starting workflows;
    private final FireMeters meters;

    public FireCommit(@ByKey Db db, Intake intake, Acceptance acceptance, Starting workflows, FireMeters meters) {
        this.workflows = workflows;
        this.db = db;
        this.intake = intake;
        this.acceptance = acceptance;
        this.meters = meters;
    }

    /**
     * What was written, for after the commit.
     *
     * @param outcomes of all reports, also of those that were known
     * @param lines of those that were not
     */
    private record Written(Map<FireReport, Outcome> outcomes, List<FireLine> lines, AcceptedJobs jobs) {}

    /**
     * Returns the answer to each report, after the commit.
     *
     * @throws dev.millrace.postgres.DatabaseUnavailable if PostgreSQL could not be asked; they are to be committed again
     * @throws dev.millrace.postgres.BadData if PostgreSQL will never take some of them; nothing is written
     */
    List<FireAnswer> commit(List<FireReport> reports) {
        List<FireAnswer> answers = new ArrayList<>();
        List<FireReport> ofJobs = new ArrayList<>();
        for (FireReport report : inOrder(reports)) {
            workflow(report)
                    .ifPresentOrElse(workflow -> answers.add(start(report, workflow)), () -> ofJobs.add(report));
        }
        if (!ofJobs.isEmpty()) {
            answers.addAll(makeJobs(ofJobs));
        }
        return answers;
    }

    private static Optional<JsonNode> workflow(FireReport report) {
        return switch (StrictJson.parse(report.job())) {
            case Checked.Accepted<JsonNode>(JsonNode content) -> FiredWork.workflow(content);
            case Checked.Refused<JsonNode> malformed -> Optional.empty();
        };
    }

    private FireAnswer start(FireReport report, JsonNode workflow) {
        Starting.Decided decided = workflows.decide(report, workflow);
        decided.line().ifPresent(line -> {
            meters.decided(List.of(line));
            if (line.outcome() == Outcome.REJECTED) {
                warn(line);
            }
        });
        return answer(report, decided.outcome());
    }

    private List<FireAnswer> makeJobs(List<FireReport> ordered) {
        Written written = acceptance.commit(() -> db.vetting(LIMIT, tx -> write(tx, ordered)), Written::jobs);
        meters.decided(written.lines());
        written.lines().stream()
                .filter(line -> line.outcome() == Outcome.REJECTED)
                .forEach(FireCommit::warn);
        return ordered.stream()
                .map(report ->
                        answer(report, Objects.requireNonNull(written.outcomes().get(report))))
                .toList();
    }

    private static void warn(FireLine rejected) {
        LOG.warnf(
                "A schedule fired, and what it makes was refused: %s Correct it, or start a worker that has its task."
                        + " schedule=%s at=%s",
                rejected.detail(), rejected.key(), rejected.at());
    }

    /** Each tick once, the earliest first. */
    private static List<FireReport> inOrder(List<FireReport> reports) {
        Map<Fire, FireReport> ticks = new LinkedHashMap<>();
        reports.forEach(report -> ticks.putIfAbsent(report.fire(), report));
        return ticks.values().stream()
                .sorted(Comparator.comparing(FireReport::at))
                .toList();
    }

    private Written write(Tx tx, List<FireReport> reports) {
        Overlaps.lock(tx, reports);
        Map<FireReport, Outcome> known = FireLines.known(tx, reports);
        List<FireReport> open =
                reports.stream().filter(report -> !known.containsKey(report)).toList();
        return write(tx, known, decisions(tx, open));
    }

    private List<FireDecision> decisions(Tx tx, List<FireReport> open) {
        FireDecider decider = new FireDecider(intake, Overlaps.busy(tx, open));
        return open.stream().map(decider::decide).toList();
    }

    private static Written write(Tx tx, Map<FireReport, Outcome> known, List<FireDecision> decisions) {
        AcceptedJobs jobs = AcceptedJobs.write(tx, jobs(decisions));
        Set<JobId> taken = jobs.taken();
        Map<FireReport, Outcome> outcomes = new HashMap<>(known);
        List<FireLine> lines = new ArrayList<>(decisions.size());
        for (FireDecision decision : decisions) {
            FireLine line = decision.line(taken);
            lines.add(line);
            outcomes.put(decision.report(), line.outcome());
        }
        FireLines.insert(tx, lines);
        RejectionTable.count(tx, RejectionStreak.of(lines));
        return new Written(outcomes, lines, jobs);
    }

    private static List<NewJob> jobs(List<FireDecision> decisions) {
        return decisions.stream()
                .filter(Submit.class::isInstance)
                .map(decision -> ((Submit) decision).job())
                .toList();
    }

    private static FireAnswer answer(FireReport report, Outcome outcome) {
        return new FireAnswer(report.key(), report.generation(), report.at(), outcome);
    }
}
