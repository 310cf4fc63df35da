package dev.millrace.api.catalog.control;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.job.QueueName;
import dev.millrace.loop.Loop;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.ControlReader.Obeyed;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.redis.RedisLinks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process that does as it is told, as far as replies show it: a worker with two slots of a queue, or a scheduler. */
public final class PlayedProcess implements AutoCloseable {

    public final List<ControlAction> obeyed = new CopyOnWriteArrayList<>();

    private final String id;
    private final MemberKind kind;
    private final boolean refusesSlots;
    private final ControlReader reader;
    private final Loop loop;

    private PlayedProcess(RedisLinks links, MemberKind kind, String id, boolean refusesSlots) {
        this.id = id;
        this.kind = kind;
        this.refusesSlots = refusesSlots;
        this.reader = new ControlReader(links.get(), kind, id);
        this.loop =
                Loop.start("played-" + id, () -> reader.obeyOnce(this::obey), Duration.ofMillis(100), System::nanoTime);
    }

    /** One that refuses nothing. */
    public static PlayedProcess obedient(RedisLinks links, MemberKind kind, String id) {
        return new PlayedProcess(links, kind, id, false);
    }

    /** A worker that refuses to have other slots. */
    static PlayedProcess worker(RedisLinks links, String id) {
        return new PlayedProcess(links, MemberKind.WORKER, id, true);
    }

    private Obeyed obey(ControlAction action) {
        obeyed.add(action);
        State state = action instanceof Drain ? State.DRAINING : State.RUNNING;
        Optional<Beat> beat = kind == MemberKind.WORKER
                ? Optional.of(new Beat(id, state, 1.5, 1_000, Map.of(new QueueName("other"), new Load(2, 1, 1)), 0))
                : Optional.empty();
        return refusesSlots && action instanceof Pool
                ? new Obeyed(Outcome.REFUSED, "It cannot.", beat, () -> {})
                : Obeyed.done("It has done so.", beat);
    }

    @Override
    public void close() {
        loop.stop(Duration.ofSeconds(2));
        reader.leave();
    }
}
