package dev.millrace.proving.simulation;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.proving.checker.Checker;
import dev.millrace.proving.checker.Limits;
import dev.millrace.proving.checker.Verdict;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.testkit.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One seed's life: a storm of about a minute, then calm until all is at rest. */
final class Simulation {

    private static final long STORM_MILLIS = 60_000;
    private static final long CLIENTS_MILLIS = 45_000;
    private static final long LONGEST_MILLIS = 1_800_000;
    private static final long LOOK_MILLIS = 2_000;

    /** Faults overlap here, and a paused worker may be the one that took over: recovery is not judged. */
    private static final Limits LIMITS = new Limits(600_000, 600_000, 20_000, 90_000, 5, 0, 6_000);

    private final World world;
    private final List<Seat> seats = new ArrayList<>();
    private final int jobs;
    private int submitted;
    private int processes;
    private boolean atRest;
    private long nextFault;
    private long nextClient;
    private long nextLook = LOOK_MILLIS;

    /** A place for a process: who sits there, and from when on. */
    private static final class Seat {
        private final Fault.Type death;
        private final Function<String, Actor> makes;
        private Actor actor;
        private long awake;

        Seat(Fault.Type death, Function<String, Actor> makes, Actor actor) {
            this.death = death;
            this.makes = makes;
            this.actor = actor;
        }

        long due() {
            return Math.max(awake, actor.due());
        }
    }

    private Simulation(long seed, @Nullable Bug bug) {
        world = new World(seed, bug);
        jobs = 6 + world.random(14);
        nextFault = 2_000L + world.random(5_000);
        seat("api", Fault.Type.API_KILL, name -> new SimApi(world, name), 2);
        seat("worker", Fault.Type.KILL, name -> new SimWorker(world, name), 3);
        seat("scheduler", Fault.Type.SCHEDULER_KILL, name -> new SimScheduler(world, name), 2);
    }

    /** Lives through it and judges. */
    static Verdict of(long seed, @Nullable Bug bug) {
        Simulation simulation = new Simulation(seed, bug);
        simulation.live();
        return new Checker(LIMITS).check(simulation.world.trace().history());
    }

    private void seat(String kind, Fault.Type death, Function<String, Actor> makes, int count) {
        for (int i = 0; i < count; i++) {
            Function<String, Actor> named = name -> makes.apply(kind + "-" + name);
            seats.add(new Seat(death, named, named.apply(Integer.toString(++processes))));
        }
    }

    private void live() {
        while (world.now() < LONGEST_MILLIS && (world.stormy() || !atRest)) {
            turn();
            if (world.stormy() && world.now() >= STORM_MILLIS) {
                world.clearUp();
            }
        }
        world.trace().capture();
        world.record().rows().forEach(row -> world.trace().row(row, true));
        world.trace().left();
    }

    private boolean isAtRest() {
        return world.record().rows().stream().allMatch(Ledger.Row::ended)
                && world.record().allIsMade()
                && world.redis().probe().left().values().stream().allMatch(count -> count == 0);
    }

    private void turn() {
        Seat next = seats.getFirst();
        for (Seat seat : seats) {
            next = seat.due() < next.due() ? seat : next;
        }
        long due = next.due();
        if (nextLook <= due) {
            world.at(nextLook);
            nextLook = world.now() + LOOK_MILLIS;
            look();
        } else if (world.stormy() && nextFault <= due) {
            world.at(nextFault);
            nextFault = world.now() + 1_000 + world.random(7_000);
            attack();
        } else if (world.now() < CLIENTS_MILLIS && nextClient <= due) {
            world.at(nextClient);
            nextClient = world.now() + world.random(4_000);
            clientCalls();
        } else {
            world.at(due);
            act(next, next.actor::step);
        }
        world.trace().capture();
    }

    private void look() {
        atRest = isAtRest();
        world.trace().scan();
        world.record().rows().stream()
                .filter(Ledger.Row::ended)
                .forEach(row -> world.trace().row(row, false));
    }

    private void act(Seat seat, Runnable what) {
        try {
            what.run();
        } catch (Crash crash) {
            dies(seat, crash.told());
        } catch (StreamsUnavailable | Ledger.Away later) {
            seat.actor.failed();
        }
    }

    private void dies(Seat seat, boolean told) {
        String name = seat.actor.name();
        if (!told) {
            world.trace().fault(seat.death, name, null, world.now());
        }
        world.record().unlockReconcile(name);
        world.redis().cut(name);
        seat.actor = seat.makes.apply(Integer.toString(++processes));
        seat.awake = world.now() + 500 + world.random(6_000);
    }

    private void attack() {
        Seat seat = seats.get(world.random(seats.size()));
        switch (world.random(4)) {
            case 0 -> {
                if (world.weather().has(Weather.Kind.KILL)) {
                    dies(seat, false);
                }
            }
            case 1 -> {
                if (world.weather().has(Weather.Kind.PAUSE)) {
                    long millis = 500L + world.random(40_000);
                    seat.awake = Math.max(seat.awake, world.now() + millis);
                    seat.actor.slept(millis);
                    world.trace().fault(Fault.Type.PAUSE, seat.actor.name(), null, seat.awake);
                }
            }
            case 2 -> closeLinks(seat);
            default -> world.befall();
        }
    }

    private void closeLinks(Seat seat) {
        if (world.chance(50)) {
            world.closeLinks(seat.actor.name());
        } else {
            world.closeLinks(seats.stream().map(one -> one.actor.name()).toList());
        }
    }

    private void clientCalls() {
        Seat seat = seats.get(world.random(2));
        SimApi api = (SimApi) seat.actor;
        if (seat.awake > world.now()) {
            return;
        }
        int dice = world.random(100);
        if (submitted < jobs && dice < 70) {
            act(seat, () -> submit(api));
        } else if (submitted > 0 && dice < 85 && world.weather().has(Weather.Kind.CANCEL)) {
            act(seat, () -> api.cancel(anyJob()));
        } else if (submitted > 0 && world.weather().has(Weather.Kind.REQUEUE)) {
            act(seat, () -> api.requeue(anyJob()));
        }
    }

    private JobId anyJob() {
        return Jobs.id(1 + world.random(submitted));
    }

    private void submit(SimApi api) {
        Job job = Jobs.job(++submitted, world.chance(30) ? Band.HIGH : Band.NORMAL);
        world.does(job.id(), Task.of(world.generator(), world.weather().has(Weather.Kind.POISON)));
        Long due = null;
        if (world.chance(25)) {
            Instant time = world.instant().plusMillis(1_000 + world.random(15_000));
            job = Jobs.due(job, time);
            due = time.toEpochMilli() - World.START.toEpochMilli();
        }
        api.submit(world.chance(10) ? Jobs.expiring(job, world.instant().plusSeconds(20)) : job, due);
    }
}
