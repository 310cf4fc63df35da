package dev.millrace.api.schedules.fires;

import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.schedule.FireReport;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.SubmitRequest;
import dev.millrace.stream.groups.BatchReader;
import dev.millrace.stream.groups.EntryWriter;
import java.time.Duration;
import java.util.List;

/**
 * Has the reports of a stream decided, and answers them. A batch is acknowledged once its answers are on their way; while
 * PostgreSQL is away it is kept and tried again. For one thread.
 */
final class FireReader {

    static final int BATCH = 250;

    private static final Duration UNTIL_READY = Duration.ofMillis(200);

    private final BatchReader reader;
    private final Sieve<SubmitRequest> sieve;
    private final Intake intake;
    private final FireCommit commit;
    private final EntryWriter answers;

    FireReader(BatchReader reader, Sieve<SubmitRequest> sieve, Intake intake, FireCommit commit, EntryWriter answers) {
        this.reader = reader;
        this.sieve = sieve;
        this.intake = intake;
        this.commit = commit;
        this.answers = answers;
    }

    /** Of each kind of request there is one way to go on; a new kind has to be given its own. */
    private static FireReport report(SubmitRequest request) {
        return switch (request) {
            case SubmitRequest.Fire(FireReport report) -> report;
        };
    }

    /** Decides a batch; waits up to a second for one. Before the tasks are known, every report would look wrong. */
    Duration decideOnce() {
        if (!intake.isReady()) {
            return UNTIL_READY;
        }
        sieve.pass(reader.batch(), this::decide);
        reader.done();
        return Duration.ZERO;
    }

    private void decide(List<SubmitRequest> requests) {
        List<FireReport> reports = requests.stream().map(FireReader::report).toList();
        answers.write(commit.commit(reports).stream().map(ScheduleCodec::encode).toList());
    }
}
