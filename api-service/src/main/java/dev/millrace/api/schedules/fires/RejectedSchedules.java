package dev.millrace.api.schedules.fires;

import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.schedules.fires.RejectionTable.Suspect;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.Schedule.Source;
import dev.millrace.schedule.ScheduleKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Knows the schedules whose jobs are refused: those that were rejected several times in a row, and those that the schedulers'
 * configuration declares and whose job would be refused now. The schedulers know neither tasks nor payloads, so this service says
 * it for them, before the first tick. Each instance knows the same.
 */
@Singleton
public final class RejectedSchedules {

    /** How often it is to look. A worker that starts with the schedulers has time to offer its tasks between two looks. */
    static final Duration PERIOD = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(RejectedSchedules.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final Intake intake;
    private final Objections work;
    private final int most;
    private Set<ScheduleKey> doubted = Set.of();
    private volatile List<ScheduleKey> found = List.of();

    public RejectedSchedules(Db db, Intake intake, Objections work, RejectionConfig config, MeterRegistry registry) {
        this.work = work;
        this.db = db;
        this.intake = intake;
        this.most = config.rejectedInARow();
        if (most < 1) {
            throw new IllegalArgumentException(
                    "millrace.api.schedules.rejected-in-a-row is %d: it must be 1 or more.".formatted(most));
        }
        Gauge.builder(
                        "millrace_schedules_rejected",
                        this,
                        rejected -> rejected.found().size())
                .description("Schedules whose jobs are refused")
                .register(registry);
    }

    /** What the latest look found, in the order of tenants and ids. */
    public List<ScheduleKey> found() {
        return found;
    }

    /** Looks once, and tells the log of what it finds for the first time. A declared schedule is found by the second look. */
    void lookOnce() {
        if (intake.isReady()) {
            look(db.session(LIMIT, RejectionTable::suspects));
        }
    }

    private void look(List<Suspect> suspects) {
        List<ScheduleKey> now = new ArrayList<>();
        Set<ScheduleKey> refusedNow = new HashSet<>();
        for (Suspect suspect : suspects) {
            Optional<String> refusal = refusal(suspect);
            refusal.ifPresent(why -> refusedNow.add(suspect.key()));
            if (isFound(suspect, refusal.isPresent())) {
                now.add(suspect.key());
                tell(suspect, refusal);
            }
        }
        doubted = refusedNow;
        found = List.copyOf(now);
    }

    private boolean isFound(Suspect suspect, boolean refusedNow) {
        return suspect.rejected() >= most
                || suspect.source() == Source.CONFIGURATION
                        && !suspect.paused()
                        && refusedNow
                        && doubted.contains(suspect.key());
    }

    private Optional<String> refusal(Suspect suspect) {
        return StrictJson.parse(suspect.job())
                .then(content -> Checked.unless(work.objectionTo(suspect.key(), content), () -> content))
                .refusal()
                .map(FireDecider::sentence);
    }

    private void tell(Suspect suspect, Optional<String> refusal) {
        if (!found.contains(suspect.key())) {
            LOG.errorf(
                    "The jobs of a schedule are refused: %s %s, or start a worker that has its task. schedule=%s",
                    refusal.orElse("its latest ticks were, though the next may be accepted."),
                    remedy(suspect),
                    suspect.key());
        }
    }

    private static String remedy(Suspect suspect) {
        return switch (suspect.source()) {
            case API -> "Correct its job";
            case CONFIGURATION ->
                "Correct millrace.schedules.\"%s\" of the schedulers"
                        .formatted(suspect.key().id());
        };
    }
}
