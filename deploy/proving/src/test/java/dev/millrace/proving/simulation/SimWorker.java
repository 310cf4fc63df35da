package dev.millrace.proving.simulation;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.simulation.Hands.Hand;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Connections.Connection;
import dev.millrace.stream.jobs.Connections.Look;
import dev.millrace.stream.jobs.Connections.Registered;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Leasing.Renewal;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.testkit.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model of a worker's process, loop by loop as the worker-service has them: take, renew and adopt, watch, run, settle,
 * sweep, the connection's and those of others, and the suspect lane. A job runs without a thread: it begins, and is over when its time has come.
 */
final class SimWorker implements Actor {

    static final RetryPolicy POLICY = new RetryPolicy(
            3, new Backoff(BackoffType.EXPONENTIAL, Duration.ofSeconds(1), 2, Duration.ofSeconds(20), Jitter.FULL));

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SNOOZE = Duration.ofSeconds(3);
    private static final long RENEW_MILLIS = 5_000;
    private static final long IN_DOUBT_MILLIS = 10_000;
    private static final long FRESH_MILLIS = 1_000;
    private static final int SLOTS = 2;
    private static final int PREFETCH = 2;

    private final World world;
    private final String name;
    private final JobStreams keeping;
    private final JobStreams streams;
    private final Hands hands;
    private final Loops loops;
    private final int sweeping;
    private final int running;
    private final int settling;
    private long renewedAt = -IN_DOUBT_MILLIS;
    private long outageAt = -1_000_000;
    private boolean inDoubt = true;
    private boolean suspectTurn;
    private boolean drained;
    private int sweeps;
    private boolean registered;
    private long registeredAt;
    private @Nullable Connection own;
    private long ownSince;
    private List<Registered> missed = List.of();

    SimWorker(World world, String name) {
        this.world = world;
        this.name = name;
        this.keeping = new Wire(world, name).streams();
        this.streams = new Wire(world, name).streams();
        this.hands = new Hands();
        this.loops = new Loops(world);
        this.renewedAt = world.now() - IN_DOUBT_MILLIS;
        loops.add(this::renew);
        loops.add(this::watch);
        loops.add(this::take);
        this.running = loops.add(this::run);
        this.settling = loops.add(this::settle);
        this.sweeping = loops.add(this::sweep);
        loops.add(this::suspects);
        loops.add(this::keepConnection);
        loops.add(this::lookForDead);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Loops loops() {
        return loops;
    }

    @Override
    public void slept(long millis) {
        hands.running().forEach(hand -> hand.over += millis);
    }

    private boolean open() {
        return !inDoubt && !suspectTurn;
    }

    private long take() {
        int room = SLOTS + PREFETCH - hands.size();
        if (!open() || room <= 0) {
            return 100;
        }
        List<Delivery> taken = drained ? List.of() : streams.take(Jobs.QUEUE, room);
        accept(taken);
        return taken.isEmpty() ? await() : 50;
    }

    /** One that brought less than it might have is followed by another one. */
    private long await() {
        int ofEachBand = 1 + world.random(2);
        List<Delivery> awaited = streams.await(List.of(Jobs.QUEUE), ofEachBand, Duration.ofSeconds(2));
        accept(awaited);
        drained = awaited.size() < ofEachBand;
        return 300;
    }

    private void accept(List<Delivery> deliveries) {
        deliveries.forEach(one -> hands.add(one, world.now()));
        if (!deliveries.isEmpty()) {
            loops.wake(running);
        }
    }

    private long renew() {
        long begun = world.now();
        watching(this::renewAll);
        renewedAt = begun;
        inDoubt = false;
        int room = SLOTS + PREFETCH - hands.size();
        if (open() && room > 0) {
            watching(this::adopt);
        }
        return RENEW_MILLIS;
    }

    private void renewAll() {
        Renewal renewal = keeping.renew(LEASE, hands.deliveries());
        renewal.lost().forEach(hands::lose);
        renewal.flagged().forEach(key -> hands.find(key).ifPresent(this::cancel));
    }

    /** What waits is settled unstarted; what runs is asked to stop. */
    private void cancel(Hand hand) {
        hand.cancelled = true;
        if (hand.waits()) {
            hand.settle(new Finish(hand.delivery, JobState.CANCELLED, null, null, null));
        } else {
            hand.over = Math.min(hand.over, world.now() + 100);
        }
    }

    private void adopt() {
        List<Delivery> strays = streams.strays(Jobs.QUEUE, hands.keys(), LEASE.dividedBy(3));
        accept(strays.stream().filter(one -> !one.lane().isSuspect()).toList());
        strays.stream()
                .filter(one -> one.lane().isSuspect())
                .forEach(one -> hands.add(one, world.now()).ifPresent(Hand::handBack));
    }

    private void watching(Runnable call) {
        try {
            call.run();
        } catch (StreamsUnavailable unavailable) {
            outageAt = world.now();
            throw unavailable;
        }
    }

    private long watch() {
        inDoubt |= world.now() - renewedAt >= IN_DOUBT_MILLIS;
        return 1_000;
    }

    /** Begins what has a slot, and brings to its end what is over. */
    private long run() {
        hands.running().stream().filter(hand -> hand.over <= world.now()).forEach(this::end);
        if (open()) {
            hands.waiting().stream()
                    .limit(Math.max(0, SLOTS - hands.running().size()))
                    .forEach(this::begin);
        }
        long next = hands.running().stream()
                .mapToLong(hand -> hand.over - world.now())
                .min()
                .orElse(1_000);
        return Math.max(1, Math.min(1_000, next));
    }

    private void begin(Hand hand) {
        if (world.now() - hand.taken > FRESH_MILLIS && !admitted(hand)) {
            return;
        }
        Task task = world.task(hand.delivery.job().id());
        world.trace().started(hand.delivery, name);
        hand.begun = world.now();
        hand.over = world.now() + task.millis();
    }

    private boolean admitted(Hand hand) {
        Admit admit = streams.start(List.of(hand.delivery)).getFirst();
        if (admit != Admit.GO) {
            hands.drop(hand);
        }
        return admit == Admit.GO;
    }

    private void end(Hand hand) {
        Task task = world.task(hand.delivery.job().id());
        if (task.poison()) {
            world.trace().fault(Fault.Type.DIED, name, hand.delivery.job().id(), world.now());
            throw new Crash(true);
        }
        world.trace().stopped(hand.delivery, name);
        decide(hand, task);
        loops.wake(settling);
    }

    private void decide(Hand hand, Task task) {
        int attempt = hand.delivery.job().attempt();
        Duration ran = Duration.ofMillis(world.now() - hand.begun);
        boolean fails = hand.cancelled || attempt <= task.fails() || world.chance(5);
        JobError error = new JobError("java.io.IOException", null, null);
        if (hand.delivery.job().run() <= task.snoozes() && attempt == 1) {
            hand.settle(new Deferral(hand.delivery, Why.SNOOZE, new Due.After(SNOOZE), ran, null));
        } else if (!fails) {
            hand.settle(new Finish(
                    hand.delivery, JobState.SUCCEEDED, ran, "{}", null, Order.text(task, hand.delivery.token())));
        } else if (hand.cancelled) {
            hand.settle(new Finish(hand.delivery, JobState.CANCELLED, ran, null, error));
        } else if (POLICY.allowsAfter(attempt)) {
            Duration wait = POLICY.backoff().delayAfter(attempt, world.generator());
            hand.settle(new Deferral(hand.delivery, Why.RETRY, new Due.After(wait), ran, error));
        } else {
            hand.settle(new Finish(hand.delivery, JobState.FAILED, ran, null, error));
        }
    }

    private long settle() {
        for (Hand hand : hands.decided()) {
            switch (Objects.requireNonNull(hand.settlement)) {
                case Finish finish -> finish(finish);
                case Deferral deferral -> streams.defer(List.of(deferral));
                default -> streams.handback(List.of(hand.delivery));
            }
            hands.drop(hand);
        }
        return 300;
    }

    private void finish(Finish finish) {
        boolean fenced = streams.finish(List.of(finish)).getFirst() == Settled.FENCED;
        if (fenced && world.has(Bug.ORDERS_OF_A_FENCED_RUN)) {
            Delivery delivery = finish.delivery();
            world.record().takeOrders(delivery.job().id(), delivery.token(), finish.orders());
        }
    }

    private long sweep() {
        watching(this::takeOver);
        return 1_000L + world.random(2_000);
    }

    private void takeOver() {
        boolean unsure =
                world.now() - outageAt < LEASE.toMillis() || streams.uptime().compareTo(LEASE) < 0;
        int room = SLOTS + PREFETCH - hands.size();
        if (!open() || unsure || room <= 0) {
            return;
        }
        List<Delivery> found = streams.reclaim(Jobs.QUEUE, room, LEASE);
        if (!found.isEmpty()) {
            List<Admit> admits = streams.start(found);
            for (int i = 0; i < found.size(); i++) {
                if (admits.get(i) == Admit.GO) {
                    accept(List.of(found.get(i)));
                }
            }
        }
        if (++sweeps % 5 == 0) {
            streams.forgetGone(Jobs.QUEUE);
        }
    }

    private long keepConnection() {
        registered &= !keeping.lostConnection() && world.now() - registeredAt < RENEW_MILLIS;
        if (!registered) {
            registeredAt = world.now();
            registered = keeping.register(List.of(Jobs.QUEUE));
        }
        return 250;
    }

    /** Lapses the leases of those whom the look before missed, unless it doubts itself. */
    private long lookForDead() {
        Look look = streams.look();
        List<Registered> before = missed;
        missed = List.of();
        if (isSure(look.own())) {
            before.forEach(gone -> streams.lapse(gone, LOOK, LEASE));
            missed = look.others().stream()
                    .filter(worker -> !worker.open() && !before.contains(worker))
                    .toList();
            if (!before.isEmpty()) {
                loops.wake(sweeping);
            }
        }
        return LOOK.toMillis();
    }

    private boolean isSure(Connection now) {
        if (!now.equals(own)) {
            own = now;
            ownSince = world.now();
        }
        return world.has(Bug.OBSERVER_WITHOUT_DOUBT) || world.now() - ownSince >= IN_DOUBT_MILLIS;
    }

    /** Holds the suspect lock, hands back what waits, runs suspects one after the other when nothing else runs, lets go. */
    private long suspects() {
        if (!suspectTurn) {
            suspectTurn = open() && streams.suspects(Jobs.QUEUE) > 0 && streams.holdSuspectLock(Jobs.QUEUE, LEASE);
            return suspectTurn ? 50 : 1_000;
        }
        boolean mine = streams.holdSuspectLock(Jobs.QUEUE, LEASE);
        hands.waiting().forEach(Hand::handBack);
        if (!hands.isEmpty()) {
            return 200;
        }
        suspectTurn = mine && takeSuspect();
        if (!suspectTurn) {
            streams.releaseSuspectLock(Jobs.QUEUE);
        }
        return 200;
    }

    /** Begins it at once: nothing else runs here. */
    private boolean takeSuspect() {
        List<Delivery> taken = streams.takeSuspect(Jobs.QUEUE);
        taken.forEach(one -> hands.add(one, world.now()).ifPresent(this::begin));
        return !taken.isEmpty();
    }
}
