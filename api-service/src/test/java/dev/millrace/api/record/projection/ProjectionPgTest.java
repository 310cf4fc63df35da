package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.EndEffect;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.api.record.orders.OrderRows;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.EntryId;
import dev.millrace.job.Histories;
import dev.millrace.job.Histories.Requeued;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.EventFields;
import dev.millrace.stream.entries.StreamEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ProjectionPgTest {

    private final RealServers servers = RealServers.get();
    private final ProjectionWriter writer = new ProjectionWriter(new Db(servers.pool(), System::nanoTime), Effects.ALL);
    private final JobQueries queries = new JobQueries(servers.pool());

    @RepeatedTest(30)
    void I25_makesOfAnyHistoryInAnyBatchesWhatTheFoldMakes(RepetitionInfo repetition) {
        Histories histories = new Histories(repetition.getCurrentRepetition());
        Map<JobId, List<JobEvent>> byJob = jobs(histories, 12);
        List<StreamEntry> all = histories.disturbed(entries(byJob));

        histories.batches(all, 40).forEach(batch -> writer.write(ProjectionBatch.of("events", batch)));

        assertRecordIsFold(byJob);
    }

    /** So that many batches hold nothing but what is written without a transaction. */
    @RepeatedTest(30)
    void I25_makesOfAnyHistoryInSmallBatchesWhatTheFoldMakes(RepetitionInfo repetition) {
        Histories histories = new Histories(3000 + repetition.getCurrentRepetition());
        Map<JobId, List<JobEvent>> byJob = succeeding(jobs(histories, 12));
        List<StreamEntry> all = histories.disturbed(entries(byJob));

        for (List<StreamEntry> batch : histories.batches(all, 3)) {
            Map<JobId, JobRow> before = rows(byJob.keySet());
            List<PlainEnd> plain =
                    writer.write(ProjectionBatch.of("events", batch)).plain();
            assertRowsAreTold(before, plain, rows(byJob.keySet()));
        }

        assertRecordIsFold(byJob);
    }

    @RepeatedTest(5)
    void I25_makesTheSameInSmallBatchesWhenInstancesWriteAtTheSameTime(RepetitionInfo repetition) {
        Histories histories = new Histories(4000 + repetition.getCurrentRepetition());
        Map<JobId, List<JobEvent>> byJob = succeeding(jobs(histories, 12));
        List<List<StreamEntry>> batches = histories.batches(histories.disturbed(entries(byJob)), 5);

        CompletableFuture<?>[] writers = batches.stream()
                .map(batch -> CompletableFuture.runAsync(
                        () -> writer.write(ProjectionBatch.of("events", batch)),
                        task -> Thread.startVirtualThread(task)))
                .toArray(CompletableFuture[]::new);
        RealServers.await(CompletableFuture.allOf(writers));

        assertRecordIsFold(byJob);
    }

    @Test
    void I9_tellsHowTheRowOfAPlainEndStands() {
        JobId job = servers.insertJob();
        JobId unwanted = new JobId(UUID.randomUUID());
        servers.insertJob(unwanted, "default", true);
        List<Ended> ends = List.of(success(new Histories(31).end(job)), success(new Histories(32).end(unwanted)));
        Map<JobId, JobRow> before = rows(List.of(job, unwanted));

        List<PlainEnd> plain = writer.write(ProjectionBatch.of(
                        "events", ends.stream().map(EventFields::entry).toList()))
                .plain();

        assertThat(plain).extracting(PlainEnd::job).containsExactlyInAnyOrder(job, unwanted);
        assertThat(plain).extracting(PlainEnd::status).doesNotContainNull();
        assertRowsAreTold(before, plain, rows(List.of(job, unwanted)));
    }

    @Test
    void I9_aPlainEndThatIsToldAgainEndsNothing() {
        JobId job = servers.insertJob();
        Ended first = success(new Histories(33).end(job));
        Ended second = success(new Histories(34).end(job));
        writer.write(changes(first));
        JobRow once = row(job);

        assertThat(writer.write(changes(first)).plain()).isEmpty();
        assertThat(writer.write(changes(second)).plain()).isEmpty();

        assertThat(row(job)).isEqualTo(once);
    }

    @Test
    void I10_aPlainEndBehindARequeueTakesNoStartFromBeforeIt() {
        Histories histories = new Histories(35);
        JobId job = servers.insertJob();
        Ended first = histories.end(job);
        Ended next = later(first, first);
        Ended second = new Ended(job, next.position(), 1, next.at(), JobState.SUCCEEDED, null, "1", null);
        Started old = new Started(
                job, new Position(first.position().token(), Rank.STARTED, EntryId.ZERO), 1, first.at(), "w-1");
        writer.write(changes(first));
        requeue(job);

        writer.write(ProjectionBatch.of("events", List.of(EventFields.entry(old), EventFields.entry(second))));

        assertThat(row(job).status())
                .returns(JobState.SUCCEEDED, JobStatus::state)
                .returns(null, JobStatus::started);
    }

    /** What is told of the row before and of its end is the row. */
    private static void assertRowsAreTold(Map<JobId, JobRow> before, List<PlainEnd> plain, Map<JobId, JobRow> after) {
        for (PlainEnd end : plain) {
            Objects.requireNonNull(before.get(end.job()))
                    .ended(end)
                    .ifPresent(told -> assertThat(told).isEqualTo(after.get(end.job())));
        }
    }

    /** The same histories, in which no attempt fails and no job either. */
    private static Map<JobId, List<JobEvent>> succeeding(Map<JobId, List<JobEvent>> histories) {
        Map<JobId, List<JobEvent>> succeeding = new TreeMap<>();
        histories.forEach((job, events) -> succeeding.put(
                job,
                events.stream()
                        .filter(event -> !(event instanceof Deferred))
                        .map(event -> event instanceof Ended end ? success(end) : event)
                        .toList()));
        return succeeding;
    }

    private static Ended success(Ended end) {
        return new Ended(
                end.job(), end.position(), end.attempt(), end.at(), JobState.SUCCEEDED, end.start(), "{\"n\":1}", null);
    }

    @RepeatedTest(5)
    void I25_makesTheSameWhenInstancesWriteAtTheSameTime(RepetitionInfo repetition) {
        Histories histories = new Histories(1000 + repetition.getCurrentRepetition());
        Map<JobId, List<JobEvent>> byJob = jobs(histories, 12);
        List<List<StreamEntry>> batches = histories.batches(histories.disturbed(entries(byJob)), 20);

        CompletableFuture<?>[] writers = batches.stream()
                .map(batch -> CompletableFuture.runAsync(
                        () -> writer.write(ProjectionBatch.of("events", batch)),
                        task -> Thread.startVirtualThread(task)))
                .toArray(CompletableFuture[]::new);
        RealServers.await(CompletableFuture.allOf(writers));

        assertRecordIsFold(byJob);
    }

    @RepeatedTest(20)
    void I10_I25_makesOfAHistoryWithARequeueInAnyBatchesWhatTheFoldMakes(RepetitionInfo repetition) {
        Histories histories = new Histories(2000 + repetition.getCurrentRepetition());
        Map<JobId, Requeued> stories = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            JobId job = servers.insertJob();
            stories.put(job, histories.requeued(job));
        }
        write(histories, flat(stories, Requeued::before));
        stories.keySet().forEach(this::requeue);

        write(histories, flat(stories, Requeued::all));

        Map<JobId, JobRow> rows = rows(stories.keySet());
        stories.forEach((job, story) -> {
            JobStatus requeued =
                    fold(JobStatus.created(JobState.QUEUED), story.before()).requeued();
            assertThat(rows.get(job)).extracting(JobRow::status).isEqualTo(fold(requeued, story.after()));
        });
    }

    @Test
    void I9_I10_aSecondEndOfARunThatWasRequeuedEndsNothingAndIsCounted() {
        Histories histories = new Histories(13);
        JobId job = servers.insertJob();
        Ended first = histories.end(job);
        writer.write(changes(first));
        requeue(job);

        assertThat(writer.write(changes(first)).secondEnds()).isZero();
        assertThat(writer.write(changes(histories.endBefore(job, first.position())))
                        .secondEnds())
                .isEqualTo(1);
        assertThat(row(job))
                .returns(false, JobRow::ended)
                .returns(JobState.QUEUED, found -> found.status().state());
    }

    @Test
    void I9_theEndOfTheNextRunIsTakenFromABatchThatTellsTheOldOneAgain() {
        Histories histories = new Histories(14);
        JobId job = servers.insertJob();
        Ended first = histories.end(job);
        Ended second = later(histories.end(job), first);
        writer.write(changes(first));
        requeue(job);

        writer.write(ProjectionBatch.of("events", List.of(EventFields.entry(first), EventFields.entry(second))));

        assertThat(row(job).status().position()).isEqualTo(second.position());
    }

    @Test
    void I9_ofTwoEndsInOneBatchTheOneThatCameFirstStays() {
        Histories histories = new Histories(15);
        JobId job = servers.insertJob();
        Ended first = histories.end(job);
        Ended second = later(histories.end(job), first);

        ProjectionWriter.Written written = writer.write(
                ProjectionBatch.of("events", List.of(EventFields.entry(second), EventFields.entry(first))));

        assertThat(written.secondEnds()).isEqualTo(1);
        assertThat(row(job).status().position()).isEqualTo(second.position());
    }

    @Test
    void changesNothingTheSecondTime() {
        Histories histories = new Histories(5);
        Map<JobId, List<JobEvent>> byJob = jobs(histories, 5);
        writer.write(ProjectionBatch.of("events", entries(byJob)));
        Collection<JobRow> once = rows(byJob.keySet()).values();

        writer.write(ProjectionBatch.of("events", entries(byJob)));

        assertThat(rows(byJob.keySet()).values()).containsExactlyInAnyOrderElementsOf(once);
    }

    @Test
    void I9_countsASecondEndAndKeepsTheFirst() {
        Histories histories = new Histories(11);
        JobId job = servers.insertJob();
        Ended first = histories.end(job);
        Ended second = histories.end(job);

        writer.write(changes(first));
        ProjectionWriter.Written written = writer.write(changes(second));

        assertThat(written.secondEnds()).isEqualTo(1);
        assertThat(writer.write(changes(first)).secondEnds()).isZero();
        assertThat(row(job).status().state()).isEqualTo(first.state());
    }

    @Test
    void countsEventsOfUnknownJobsAndInsertsNothing() {
        Ended stranger = new Histories(12).end(new JobId(UUID.randomUUID()));

        assertThat(writer.write(changes(stranger)).unknownRows()).isEqualTo(1);
        assertThat(rows(List.of(stranger.job()))).isEmpty();
    }

    @Test
    void doesNotKeepAResultThatTheClientDoesNotWant() {
        JobId job = new JobId(UUID.randomUUID());
        servers.insertJob(job, "default", true);
        Ended end = new Histories(1).end(job);
        Ended success =
                new Ended(job, end.position(), 1, end.at(), JobState.SUCCEEDED, end.start(), "{\"big\":1}", null);

        writer.write(changes(success));

        assertThat(row(job).status().ended()).extracting(End::result).isNull();
    }

    @Test
    void anEndHasItsEffectsOnceHoweverOftenItIsTold() {
        JobId job = servers.insertJob();
        Ended end = new Histories(20).end(job);
        List<RecordedEnd> ends = new ArrayList<>();
        List<RecordedEnd> behindCommit = new ArrayList<>();
        ProjectionWriter recording = writer((tx, taken) -> {
            ends.addAll(taken);
            return () -> behindCommit.addAll(taken);
        });

        recording.write(changes(end));
        recording.write(changes(end));

        assertThat(ends).singleElement().returns(job, RecordedEnd::job).returns(end.state(), RecordedEnd::state);
        assertThat(behindCommit).isEqualTo(ends);
    }

    @Test
    void W14_ordersAreInTheRecordOnceWithTheSuccessOfTheirRun() {
        JobId job = servers.insertJob();
        JobId plain = servers.insertJob();
        Ended end = ordering(new Histories(36).end(job), "[]");
        List<StreamEntry> batch =
                List.of(EventFields.entry(end), EventFields.entry(success(new Histories(37).end(plain))));

        writer.write(ProjectionBatch.of("events", batch));
        writer.write(ProjectionBatch.of("events", batch));

        assertThat(ordersOf(job)).containsExactly(end.position());
        assertThat(ordersOf(plain)).isEmpty();
        assertThat(rows(List.of(job, plain)).values()).allMatch(JobRow::ended);
    }

    @Test
    void W14_ordersOfARunThatTheRecordDoesNotTakeAreNowhere() {
        JobId job = servers.insertJob();
        Ended first = success(new Histories(38).end(job));
        Ended second = ordering(new Histories(39).end(job), "[]");
        writer.write(changes(first));

        writer.write(changes(second));

        assertThat(ordersOf(job)).isEmpty();
    }

    @Test
    void W14_aSuccessIsNotInTheRecordWithoutItsOrders() {
        JobId job = servers.insertJob();
        Ended end = ordering(new Histories(40).end(job), "[]");
        ProjectionWriter failing = writer(new EndEffects(List.of(new OrderRows(() -> {}), (tx, taken) -> {
            throw new IllegalStateException("The effect fails.");
        })));

        assertThatThrownBy(() -> failing.write(changes(end))).hasMessageContaining("The effect fails.");

        assertThat(row(job).ended()).isFalse();
        assertThat(ordersOf(job)).isEmpty();
    }

    private static Ended ordering(Ended end, String orders) {
        return new Ended(
                end.job(), end.position(), end.attempt(), end.at(), JobState.SUCCEEDED, end.start(), "1", null, orders);
    }

    private List<Position> ordersOf(JobId job) {
        List<Position> positions = new ArrayList<>();
        servers.sql("select position from api.job_order where parent = $1", job.uuid())
                .forEach(found -> positions.add(
                        Position.unpack(found.getBuffer("position").getBytes())));
        return positions;
    }

    @Test
    void anEndIsNotInTheRecordWithoutItsEffects() {
        JobId job = servers.insertJob();
        Ended end = new Histories(21).end(job);
        ProjectionWriter failing = writer((tx, taken) -> {
            throw new IllegalStateException("The effect fails.");
        });

        assertThatThrownBy(() -> failing.write(changes(end))).hasMessageContaining("The effect fails.");

        assertThat(row(job).ended()).isFalse();
    }

    private ProjectionWriter writer(EndEffect effect) {
        return new ProjectionWriter(new Db(servers.pool(), System::nanoTime), new EndEffects(List.of(effect)));
    }

    private static Ended later(Ended end, Ended than) {
        Token token = new Token(
                than.position().token().epoch(), than.position().token().run() + 1, 1);
        return new Ended(
                end.job(),
                new Position(token, Rank.ENDED, end.position().event()),
                end.attempt(),
                end.at(),
                end.state(),
                end.start(),
                end.result(),
                end.error());
    }

    /** As the package for it does, without its other tables. */
    private void requeue(JobId job) {
        servers.sql("""
                update api.job set run = run + 1, attempt = 1, state = 'QUEUED', position = ended_position,
                    superseded_up_to = ended_position, due_at = null, started_position = null, started_at = null, worker = null,
                    progress_position = null, progress_current = null, progress_total = null, progress_message = null,
                    ended_position = null, finished_at = null, duration_ms = null, result = null, error_type = null,
                    error_message = null, error_stack = null where id = $1""", job.uuid());
    }

    private void write(Histories histories, List<JobEvent> events) {
        List<StreamEntry> entries =
                histories.disturbed(events.stream().map(EventFields::entry).toList());
        histories.batches(entries, 40).forEach(batch -> writer.write(ProjectionBatch.of("events", batch)));
    }

    private static List<JobEvent> flat(Map<JobId, Requeued> stories, Function<Requeued, List<JobEvent>> part) {
        return stories.values().stream()
                .flatMap(story -> part.apply(story).stream())
                .toList();
    }

    private static JobStatus fold(JobStatus from, List<JobEvent> events) {
        return events.stream().reduce(from, JobStatus::after, (one, other) -> other);
    }

    private Map<JobId, List<JobEvent>> jobs(Histories histories, int count) {
        Map<JobId, List<JobEvent>> byJob = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            JobId job = servers.insertJob();
            byJob.put(job, histories.of(job));
        }
        return byJob;
    }

    private void assertRecordIsFold(Map<JobId, List<JobEvent>> byJob) {
        Map<JobId, JobRow> rows = rows(byJob.keySet());
        byJob.forEach((job, events) -> {
            JobStatus fold =
                    events.stream().reduce(JobStatus.created(JobState.QUEUED), JobStatus::after, (one, other) -> other);
            assertThat(rows.get(job)).extracting(JobRow::status).isEqualTo(fold);
            assertThat(rows.get(job))
                    .extracting(JobRow::run)
                    .isEqualTo(Math.max(1, fold.position().token().run()));
        });
    }

    private static List<StreamEntry> entries(Map<JobId, List<JobEvent>> byJob) {
        List<StreamEntry> entries = new ArrayList<>();
        byJob.values().forEach(events -> events.forEach(event -> entries.add(EventFields.entry(event))));
        return entries;
    }

    private static ProjectionBatch changes(JobEvent event) {
        return ProjectionBatch.of("events", List.of(EventFields.entry(event)));
    }

    private JobRow row(JobId job) {
        return Objects.requireNonNull(rows(List.of(job)).get(job));
    }

    private Map<JobId, JobRow> rows(Collection<JobId> jobs) {
        return RealServers.await(queries.findAll(jobs));
    }
}
