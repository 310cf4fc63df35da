package dev.millrace.api.catalog.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskCatalogPgTest {

    private static final TaskName ECHO = new TaskName("demo.echo");

    private static CatalogDatabase database;

    private TaskCatalog catalog;

    @BeforeAll
    static void start() throws IOException {
        database = CatalogDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void beginEmpty() {
        database.empty();
        catalog = new TaskCatalog(new Db(database.pool, System::nanoTime));
    }

    @Test
    void knowsNothingUntilItWasRead() {
        assertThat(catalog.isLoaded()).isFalse();
        catalog.refresh();
        assertThat(catalog.isLoaded()).isTrue();
        assertThat(catalog.tasks()).isEmpty();
    }

    @Test
    void knowsATaskFromItsOffer() {
        catalog.apply(List.of(Entries.offered(1, "w1", "demo.echo")));
        TaskInfo echo = catalog.find(ECHO).orElseThrow();
        assertThat(echo.queue()).isEqualTo(new QueueName("default"));
        assertThat(echo.description()).isEqualTo("Told at 1.");
        assertThat(echo.payloadSchema().toString()).isEqualTo(Entries.ANY_OBJECT);
        assertThat(echo.policy()).isEqualTo(Entries.TERMS);
        assertThat(echo.idempotent()).isTrue();
        assertThat(echo.workers()).containsExactly("w1");
    }

    @Test
    void tellsAnotherInstanceOnItsNextRefresh() {
        TaskCatalog other = new TaskCatalog(new Db(database.pool, System::nanoTime));
        other.refresh();
        catalog.apply(List.of(Entries.joined(0, "w1", "mail"), Entries.offered(1, "w1", "demo.echo")));
        assertThat(other.find(ECHO)).isEmpty();
        other.refresh();
        assertThat(other.find(ECHO)).isEqualTo(catalog.find(ECHO));
        assertThat(other.knowsQueue(new QueueName("mail"))).isTrue();
    }

    @Test
    void keepsATaskWhoseLastWorkerLeft() {
        catalog.apply(List.of(Entries.offered(1, "w1", "demo.echo"), Entries.left(2, "w1")));
        assertThat(catalog.find(ECHO).orElseThrow().workers()).isEmpty();
        assertThat(offers()).isZero();
    }

    @Test
    void takesAnOfferThatComesAfterItsWorkerLeftAsNoWorker() {
        catalog.apply(List.of(Entries.left(2, "w1")));
        catalog.apply(List.of(Entries.offered(1, "w1", "demo.echo")));
        assertThat(catalog.find(ECHO).orElseThrow().workers()).isEmpty();
        assertThat(offers()).isZero();
    }

    @Test
    void letsTheLaterAnnouncementWinWhateverItsWorkerAndOrder() {
        catalog.apply(List.of(Entries.offered(5, "new", "demo.echo"), Entries.offered(4, "old", "demo.echo")));
        catalog.apply(List.of(Entries.offered(3, "older", "demo.echo")));
        TaskInfo echo = catalog.find(ECHO).orElseThrow();
        assertThat(echo.description()).isEqualTo("Told at 5.");
        assertThat(echo.workers()).containsExactly("new", "old", "older");
    }

    @Test
    void comesToTheSameInAnyOrderAndAnyBatches() {
        List<FleetEntry> events = List.of(
                Entries.joined(1, "w1", "mail"),
                Entries.offered(2, "w1", "demo.echo"),
                Entries.offered(3, "w2", "demo.echo"),
                Entries.offered(4, "w2", "demo.sleep"),
                Entries.beat(5, "w1"),
                Entries.left(6, "w2"),
                Entries.offered(7, "w3", "demo.sleep"));
        catalog.apply(events);
        var expected = catalog.tasks();
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            database.empty();
            List<FleetEntry> shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, random.nextInt(events.size())));
            Collections.shuffle(shuffled, random);
            int cut = random.nextInt(shuffled.size());
            catalog.apply(shuffled.subList(0, cut));
            catalog.apply(shuffled.subList(cut, shuffled.size()));
            assertThat(catalog.tasks()).isEqualTo(expected);
            assertThat(catalog.knowsQueue(new QueueName("mail"))).isTrue();
        }
    }

    @Test
    void countsNoWorkerThatWasSilentForAMinute() {
        catalog.apply(List.of(Entries.offered(1, "w1", "demo.echo"), Entries.offered(2, "w2", "demo.echo")));
        database.sql("UPDATE api.worker SET heard_at = now() - interval '61 seconds' WHERE id = 'w1'");
        catalog.refresh();
        assertThat(catalog.find(ECHO).orElseThrow().workers()).containsExactly("w2");
        catalog.apply(List.of(Entries.offered(1, "w1", "demo.echo")));
        assertThat(catalog.find(ECHO).orElseThrow().workers())
                .as("an old event again is no sign of life")
                .containsExactly("w2");
        catalog.apply(List.of(Entries.beat(3, "w1")));
        assertThat(catalog.find(ECHO).orElseThrow().workers()).containsExactly("w1", "w2");
    }

    @Test
    void forgetsWorkersAfterADayButNotTheirTasks() {
        catalog.apply(List.of(Entries.offered(1, "w1", "demo.echo")));
        database.sql("UPDATE api.worker SET heard_at = now() - interval '25 hours'");
        catalog.apply(List.of(Entries.beat(2, "w2")));
        assertThat(catalog.find(ECHO).orElseThrow().workers()).isEmpty();
        assertThat(offers()).isZero();
    }

    @Test
    void passesOverAnOfferWhoseSchemaIsNone() {
        catalog.apply(List.of(
                Entries.offered(1, "w1", "demo.broken", "{\"type\":"),
                Entries.offered(2, "w1", "demo.strange", "{\"pattern\":\"(\"}"),
                Entries.offered(3, "w1", "demo.remote", "{\"$ref\":\"http://127.0.0.1:9/schema\"}"),
                Entries.offered(4, "w1", "demo.echo")));
        assertThat(catalog.tasks()).containsOnlyKeys(ECHO);
    }

    @Test
    void survivesWritersThatMeet() {
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            TaskCatalog own = new TaskCatalog(new Db(database.pool, System::nanoTime));
                            for (int round = 0; round < 10; round++) {
                                own.apply(List.of(
                                        Entries.offered(round, "w" + i, "demo.echo"),
                                        Entries.offered(round, "w" + (3 - i), "demo.sleep")));
                            }
                        },
                        command -> Thread.ofVirtual().start(command)))
                .toList();
        writers.forEach(CompletableFuture::join);
        catalog.refresh();
        assertThat(catalog.find(ECHO).orElseThrow().workers()).containsExactly("w0", "w1", "w2", "w3");
    }

    @Test
    void listsTasksPageByPage() {
        catalog.apply(
                List.of(Entries.offered(1, "w", "a"), Entries.offered(2, "w", "b"), Entries.offered(3, "w", "c")));
        TasksResource tasks = new TasksResource(catalog);
        TasksResource.TaskPage first = tasks.page(2, null);
        assertThat(first.items()).extracting(TasksResource.TaskView::name).containsExactly("a", "b");
        TasksResource.TaskPage second = tasks.page(2, new TaskName(Objects.requireNonNull(first.nextCursor())));
        assertThat(second.items()).extracting(TasksResource.TaskView::name).containsExactly("c");
        assertThat(second.nextCursor()).isNull();
    }

    private static long offers() {
        return RealServers.await(database.pool
                        .query("SELECT count(*) FROM api.task_worker")
                        .execute()
                        .toCompletionStage())
                .iterator()
                .next()
                .getLong(0);
    }
}
