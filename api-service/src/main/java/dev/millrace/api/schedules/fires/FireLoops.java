package dev.millrace.api.schedules.fires;

import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.schedule.FireReport;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.entries.SubmitCodec;
import dev.millrace.stream.entries.SubmitRequest;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import dev.millrace.stream.groups.StreamUpkeep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Has reports of fires decided, and answers them. A batch is acknowledged once its answers are on their way. */
@ApplicationScoped
class FireLoops {

    private static final int BATCH = 250;
    private static final Duration UNTIL_READY = Duration.ofMillis(200);

    private final StreamConsumer<SubmitRequest> consumer;
    private final StreamUpkeep upkeep;
    private final EntryWriter answers;
    private final Intake intake;
    private final FireCommit commit;

    FireLoops(GroupMember member, Intake intake, FireCommit commit) {
        String submit = member.names().submit();
        this.consumer = member.consumer(submit, BATCH, entry -> SubmitCodec.read(entry.fields()));
        this.upkeep = member.upkeep(submit);
        this.answers = new EntryWriter(member.calls(), StreamNames.schedules());
        this.intake = intake;
        this.commit = commit;
    }

    void start(@Observes StartupEvent starting, Loops loops, Duties duties, RejectedSchedules rejected) {
        loops.start("fires", this::decideOnce);
        duties.start("schedules-rejected", RejectedSchedules.PERIOD, rejected::lookOnce);
        duties.start("fires-trim", StreamUpkeep.PERIOD, upkeep::once);
    }

    /** Decides a batch; waits up to a second for one. Before the tasks are known, every report would look wrong. */
    private Duration decideOnce() {
        return intake.isReady() ? consumer.consumeOnce(this::decide) : UNTIL_READY;
    }

    /** Of each kind of request there is one way to go on; a new kind has to be given its own. */
    private static FireReport report(SubmitRequest request) {
        return switch (request) {
            case SubmitRequest.Fire(FireReport report) -> report;
        };
    }

    private void decide(List<SubmitRequest> requests) {
        List<FireReport> reports = requests.stream().map(FireLoops::report).toList();
        answers.write(commit.commit(reports).stream().map(ScheduleCodec::encode).toList());
    }
}
