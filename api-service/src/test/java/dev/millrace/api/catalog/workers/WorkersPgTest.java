package dev.millrace.api.catalog.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.catalog.workers.SeenWorker.State;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Left;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With a real PostgreSQL; each test speaks of workers of its own. */
class WorkersPgTest {

    private static final QueueName MAIL = new QueueName("mail");

    private final RealServers servers = RealServers.get();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final TaskCatalog catalog = new TaskCatalog(db);
    private final Workers workers = new Workers(db);
    private final String id = "worker-" + UUID.randomUUID();
    private final String name = "name-" + UUID.randomUUID();

    private void hears(FleetEntry... events) {
        catalog.apply(List.of(events));
        workers.apply(List.of(events));
    }

    private static FleetEntry at(long at, WorkerEvent event) {
        return new FleetEntry(new EntryId(at, 0), event);
    }

    private static Joined joined(String worker, String name) {
        return new Joined(worker, name, "host", 4711, "0.1.0", Mode.NATIVE, Instant.EPOCH, Map.of(MAIL, 4));
    }

    private static Beat beat(String worker, WorkerEvent.State state, int running) {
        return new Beat(worker, state, 12.5, 1_000, Map.of(MAIL, new Load(4, running, running + 1)), 1);
    }

    @Test
    void showsWhatAWorkerJoinedWith() {
        hears(at(1, joined(id, name)));

        SeenWorker seen = workers.require(id);

        assertThat(seen.name()).isEqualTo(name);
        assertThat(seen.host()).isEqualTo("host");
        assertThat(seen.pid()).isEqualTo(4711);
        assertThat(seen.mode()).isEqualTo("native");
        assertThat(seen.startedAt()).isEqualTo(Instant.EPOCH);
        assertThat(seen.state()).isEqualTo(State.RUNNING);
        assertThat(seen.queues()).isEqualTo(Map.of(MAIL, new Load(4, 0, 0)));
        assertThat(seen.cpuPercent()).isNull();
    }

    @Test
    void showsTheLatestBeatWhateverComesLate() {
        hears(at(1, joined(id, name)), at(3, beat(id, WorkerEvent.State.DRAINING, 2)));
        hears(at(2, beat(id, WorkerEvent.State.RUNNING, 4)), at(4, joined(id, name)));

        SeenWorker seen = workers.require(id);

        assertThat(seen.state()).isEqualTo(State.DRAINING);
        assertThat(seen.queues()).isEqualTo(Map.of(MAIL, new Load(4, 2, 3)));
        assertThat(seen.leakedSlots()).isEqualTo(1);
    }

    @Test
    void comesToTheSameInAnyOrderAndAnyBatches() {
        Random random = new Random(37);
        for (int round = 0; round < 20; round++) {
            String worker = id + "-" + round;
            List<FleetEntry> events = new ArrayList<>(List.of(
                    at(1, joined(worker, name)),
                    at(2, beat(worker, WorkerEvent.State.RUNNING, 1)),
                    at(3, beat(worker, WorkerEvent.State.RUNNING, 2)),
                    at(4, joined(worker, name)),
                    at(5, beat(worker, WorkerEvent.State.DRAINING, 3))));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, random);
            int cut = random.nextInt(events.size());
            hears(events.subList(0, cut).toArray(FleetEntry[]::new));
            hears(events.subList(cut, events.size()).toArray(FleetEntry[]::new));

            SeenWorker seen = workers.require(worker);
            assertThat(seen.state()).isEqualTo(State.DRAINING);
            assertThat(seen.queues()).isEqualTo(Map.of(MAIL, new Load(4, 3, 4)));
            assertThat(seen.name()).isEqualTo(name);
        }
    }

    @Test
    void I37_everyInstanceFindsTheSame() {
        hears(at(1, joined(id, name)), at(2, beat(id, WorkerEvent.State.RUNNING, 2)));

        assertThat(new Workers(new Db(servers.pool(), System::nanoTime)).require(id))
                .isEqualTo(workers.require(id));
    }

    @Test
    void isGoneOnceItLeftWhateverItSaidLate() {
        hears(at(1, joined(id, name)), at(3, new Left(id, Optional.empty())));
        hears(at(2, beat(id, WorkerEvent.State.RUNNING, 1)));

        assertThat(workers.require(id).state()).isEqualTo(State.GONE);
        assertThat(ids(List.of(State.GONE))).contains(id);
        assertThat(ids(List.of(State.RUNNING, State.DRAINING))).doesNotContain(id);
    }

    @Test
    void isGoneAfterTwentySilentSecondsAndBackWithItsNextWord() {
        hears(at(1, joined(id, name)), at(2, beat(id, WorkerEvent.State.RUNNING, 1)));
        servers.sql("update api.worker set heard_at = now() - interval '19 seconds' where id = $1", id);
        assertThat(workers.require(id).state()).isEqualTo(State.RUNNING);
        servers.sql("update api.worker set heard_at = now() - interval '21 seconds' where id = $1", id);
        assertThat(workers.require(id).state()).isEqualTo(State.GONE);

        hears(at(3, beat(id, WorkerEvent.State.RUNNING, 1)));

        assertThat(workers.require(id).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void isFoundByANameThatItAloneHasAmongThoseThatLive() {
        hears(
                at(1, joined(id + "-old", name)),
                at(2, new Left(id + "-old", Optional.empty())),
                at(3, joined(id, name)));

        assertThat(workers.require(name).id()).isEqualTo(id);
    }

    @Test
    void isNotGuessedAmongSeveralOfOneName() {
        hears(at(1, joined(id, name)), at(2, joined(id + "-other", name)));

        assertThatThrownBy(() -> workers.require(name))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.CONFLICT));
    }

    @Test
    void isUnknownWhereNobodyHeardOfIt() {
        for (String nobody : List.of(name, "no name", "")) {
            assertThatThrownBy(() -> workers.require(nobody))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.NOT_FOUND));
        }
    }

    private List<String> ids(List<State> states) {
        return workers.page(states, "", 10_000).stream().map(SeenWorker::id).toList();
    }
}
