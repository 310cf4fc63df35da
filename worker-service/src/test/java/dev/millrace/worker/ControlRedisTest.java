package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlAction.PoolChange;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.control.ControlStream;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.worker.drain.RecycleSettings;
import dev.millrace.worker.take.Serving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that are told what to do, on a real Redis. */
class ControlRedisTest {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final QueueName OTHER = new QueueName("other");

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final ControlStream asker = new ControlStream(REDIS.link());
    private Workshop shop = new Workshop(REDIS);
    private CountDownLatch gate = new CountDownLatch(1);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
        gate = new CountDownLatch(1);
        shop.task("count", (payload, context) -> runs.incrementAndGet());
        shop.task("hold", (payload, context) -> {
            atOnce.incrementAndGet();
            gate.await();
            return "held";
        });
    }

    @AfterEach
    void closeShop() {
        gate.countDown();
        shop.close();
    }

    private ControlReply tell(Worker worker, ControlAction action) {
        EntryId command = asker.ask(new ControlCommand(Set.of(worker.id()), action, WITHIN));
        List<ControlReply> replies = new ArrayList<>();
        Workshop.await("a reply to " + action, () -> {
            asker.hear(Duration.ofMillis(200)).stream()
                    .map(ControlStream.Replied::reply)
                    .filter(reply -> reply.command().equals(command))
                    .forEach(replies::add);
            return !replies.isEmpty();
        });
        return replies.getFirst();
    }

    private static Beat state(ControlReply reply) {
        return reply.state().orElseThrow();
    }

    private static int slots(ControlReply reply) {
        return load(reply, Workshop.QUEUE).slots();
    }

    private static Load load(ControlReply reply, QueueName queue) {
        Load load = state(reply).queues().get(queue);
        return load == null ? new Load(0, 0, 0) : load;
    }

    private static Pool pool(PoolChange change, int number) {
        return new Pool(change, number, Optional.empty());
    }

    @Test
    void repliesToAPingWithHowItIs() {
        Worker worker = shop.start();

        ControlReply reply = tell(worker, new Ping());

        assertThat(reply.outcome()).isEqualTo(Outcome.DONE);
        assertThat(reply.from()).isEqualTo(worker.id());
        assertThat(state(reply).state()).isEqualTo(State.RUNNING);
        assertThat(load(reply, Workshop.QUEUE)).isEqualTo(new Load(4, 0, 0));
    }

    @Test
    void restsAndLeavesItsJobsToAnotherUntilItIsToldToGoOn() {
        Worker resting = shop.start();
        Worker other = shop.start();
        assertThat(state(tell(resting, new Drain())).state()).isEqualTo(State.DRAINING);
        assertThat(tell(other, new Drain()).outcome()).isEqualTo(Outcome.DONE);
        JobId job = shop.submit("count");

        assertThat(tell(resting, new Ping()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(runs).hasValue(0);
        assertThat(state(tell(other, new Resume())).state()).isEqualTo(State.RUNNING);

        assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(state(tell(resting, new Ping())).state()).isEqualTo(State.DRAINING);
    }

    @Test
    void finishesWhatRunsWhenItRestsAndHandsBackWhatWaits() {
        Worker worker = shop.start();
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            jobs.add(shop.submit("hold"));
        }
        Workshop.await("four run", () -> atOnce.get() == 4);

        tell(worker, new Drain());

        Workshop.await(
                "only four are held",
                () -> load(tell(worker, new Ping()), Workshop.QUEUE).equals(new Load(4, 4, 4)));
        gate.countDown();
        Workshop.await(
                "nothing is held",
                () -> load(tell(worker, new Ping()), Workshop.QUEUE).equals(new Load(4, 0, 0)));
        assertThat(atOnce).hasValue(4);
        tell(worker, new Resume());
        jobs.forEach(shop::endOf);
        assertThat(atOnce).hasValue(8);
    }

    @Test
    void runsMoreAndFewerJobsAtOnceAsItIsTold() {
        shop.slots = 2;
        Worker worker = shop.start();
        for (int i = 0; i < 6; i++) {
            shop.submit("hold");
        }
        Workshop.await("two run", () -> atOnce.get() == 2);

        assertThat(slots(tell(worker, pool(PoolChange.GROW, 2)))).isEqualTo(4);
        Workshop.await("four run", () -> atOnce.get() == 4);
        assertThat(load(tell(worker, pool(PoolChange.SHRINK, 2)), Workshop.QUEUE)
                        .running())
                .isEqualTo(4);

        gate.countDown();
        Workshop.await("all have run", () -> atOnce.get() == 6);
        assertThat(slots(tell(worker, new Ping()))).isEqualTo(2);
        assertThat(slots(tell(worker, pool(PoolChange.SET, 7)))).isEqualTo(7);
    }

    @Test
    void refusesSlotsThatNoQueueCanHaveAndChangesNothing() {
        Worker worker = shop.start();

        for (ControlAction impossible : List.of(
                pool(PoolChange.SHRINK, 4),
                pool(PoolChange.GROW, 1_000),
                new Pool(PoolChange.SET, 1, Optional.of(OTHER)),
                new Leave(OTHER))) {
            assertThat(tell(worker, impossible).outcome()).isEqualTo(Outcome.REFUSED);
        }

        assertThat(slots(tell(worker, new Ping()))).isEqualTo(4);
    }

    @Test
    void servesAQueueThatItIsToldToServeAndLeavesItAgain() {
        Worker worker = shop.start();
        assertThat(load(tell(worker, new Serve(OTHER)), OTHER).slots()).isEqualTo(4);
        JobId first = submitToOther();
        assertThat(shop.endOf(first).state()).isEqualTo(JobState.SUCCEEDED);

        assertThat(state(tell(worker, new Leave(OTHER))).queues()).doesNotContainKey(OTHER);
        JobId second = submitToOther();
        JobId own = shop.submit("count");
        shop.endOf(own);
        tell(worker, new Ping());
        tell(worker, new Ping());
        assertThat(shop.endIfAny(second)).isNull();

        tell(worker, new Serve(OTHER));
        assertThat(shop.endOf(second).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(runs).hasValue(3);
    }

    @Test
    void exitsWithZeroBehindItsReplyAndTakesNothingMeanwhile() {
        Worker worker = shop.start();

        ControlReply reply = tell(worker, new Shutdown());

        assertThat(state(reply).state()).isEqualTo(State.DRAINING);
        Workshop.await("it begins to exit", () -> !shop.exitCodes.isEmpty());
        assertThat(shop.exitCodes).containsExactly(0);
        shop.submit("count");
        worker.stop();
        assertThat(runs).hasValue(0);
        assertThat(REDIS.get("XINFO", "GROUPS", "mr:{ctl}:control").size()).isZero();
    }

    @Test
    void obeysAlsoWhenRedisWasEmptiedMeanwhile() {
        Worker worker = shop.start();
        tell(worker, new Ping());
        REDIS.empty();

        assertThat(slots(tell(worker, pool(PoolChange.SET, 3)))).isEqualTo(3);
    }

    @Test
    void sharesItsSlotsWithAQueueThatItIsToldToServe() {
        shop.origin = Serving.Origin.SHARED;
        shop.slots = 2;
        shop.prefetch = OptionalInt.of(0);
        Worker worker = shop.start();
        assertThat(load(tell(worker, new Serve(OTHER)), OTHER)).isEqualTo(new Load(2, 0, 0, true));
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jobs.add(shop.submit("hold"));
            jobs.add(submitToOther("hold"));
        }
        Workshop.await("two run", () -> atOnce.get() == 2);
        assertThat(running(tell(worker, new Ping()))).isEqualTo(2);

        ControlReply grown = tell(worker, pool(PoolChange.GROW, 2));

        assertThat(grown.detail()).isEqualTo("It has 4 slots.");
        assertThat(load(grown, Workshop.QUEUE).slots()).isEqualTo(4);
        assertThat(load(grown, OTHER).slots()).isEqualTo(4);
        Workshop.await("four run", () -> atOnce.get() == 4);
        assertThat(tell(worker, new Pool(PoolChange.SHRINK, 1, Optional.of(OTHER)))
                        .detail())
                .isEqualTo("It has 3 slots.");
        gate.countDown();
        jobs.forEach(shop::endOf);
        assertThat(atOnce).hasValue(6);
    }

    @Test
    void followsTheSlotsThatAreSetOfAQueueUntilItIsToldOtherwise() {
        QueueSlots settings = new QueueSlots(REDIS.link());
        Worker worker = shop.start();
        assertThat(slots(tell(worker, new Ping()))).isEqualTo(4);

        settings.write(Map.of(Workshop.QUEUE, 7, OTHER, 9));
        Workshop.await("it follows", () -> slots(tell(worker, new Ping())) == 7);
        REDIS.empty();
        tell(worker, new Ping());
        assertThat(slots(tell(worker, new Ping()))).isEqualTo(7);
        settings.write(Map.of());
        Workshop.await("it has its own number again", () -> slots(tell(worker, new Ping())) == 4);

        tell(worker, pool(PoolChange.SET, 3));
        settings.write(Map.of(Workshop.QUEUE, 7, OTHER, 9));
        Workshop.await(
                "it has seen what is set",
                () -> load(tell(worker, new Serve(OTHER)), OTHER).slots() == 9);
        assertThat(slots(tell(worker, new Ping()))).isEqualTo(3);
    }

    @Test
    void doesNotFollowWhereItsConfigurationTellsOfTheQueue() {
        shop.origin = Serving.Origin.OWN;
        Worker own = shop.start();
        shop.origin = Serving.Origin.USUAL;
        Worker usual = shop.start();

        new QueueSlots(REDIS.link()).write(Map.of(Workshop.QUEUE, 7));

        Workshop.await("the other follows", () -> slots(tell(usual, new Ping())) == 7);
        assertThat(slots(tell(own, new Ping()))).isEqualTo(4);
    }

    @Test
    void isRecycledBehindTheRunsThatItMayMakeAndLosesNothing() {
        shop.recycle = new RecycleSettings(OptionalInt.of(10), Optional.empty());
        Worker first = shop.start();
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            jobs.add(shop.submit("count"));
        }
        for (int i = 0; i < 6; i++) {
            jobs.add(shop.submit("hold"));
        }
        Workshop.await("all slots are taken", () -> atOnce.get() == 4);
        Workshop.await("it takes no more", () -> state(tell(first, new Ping())).state() == State.DRAINING);
        assertThat(tell(first, new Resume()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(state(tell(first, new Ping())).state()).isEqualTo(State.DRAINING);
        assertThat(shop.exitCodes).isEmpty();

        gate.countDown();
        Workshop.await("it exits", () -> !shop.exitCodes.isEmpty());
        first.stop();
        shop.recycle = RecycleSettings.NEVER;
        shop.start();

        jobs.forEach(job -> assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED));
        assertThat(shop.exitCodes).containsExactly(0);
        assertThat(runs).hasValue(6);
        assertThat(atOnce).hasValue(6);
    }

    private static int running(ControlReply reply) {
        return state(reply).queues().values().stream().mapToInt(Load::running).sum();
    }

    private JobId submitToOther() {
        return submitToOther("count");
    }

    private JobId submitToOther(String task) {
        JobId id = new JobId(UUID.randomUUID());
        Job job = Job.first(id, JobSpec.of(new TaskName(task), OTHER, "default", "{}"));
        return shop.submit(job);
    }
}
