package dev.millrace.worker.control;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.job.QueueName;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.ControlReader.Obeyed;
import dev.millrace.worker.fleet.Announcer;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.take.Slots;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Has a worker do what operators ask of it. */
public final class CommandHandler implements ControlReader.Member {

    /** For each it ever served a worker has a thread, and up to two of its 64 connections. */
    static final int MOST_QUEUES = 24;

    private static final String STOPPING = "It is stopping.";

    private final ControlReader reader;
    private final WorkQueues queues;
    private final Settler settler;
    private final Announcer announcer;
    private final Runnable announce;
    private final Consumer<QueueName> opening;
    private final IntConsumer exit;

    /**
     * Obeys for this worker.
     *
     * @param announce has it told at once how this worker is
     * @param opening has a queue served that never was
     * @param exit begins to stop the process, which then has this exit code; returns at once
     */
    public CommandHandler(
            ControlReader reader,
            WorkQueues queues,
            Settler settler,
            Announcer announcer,
            Runnable announce,
            Consumer<QueueName> opening,
            IntConsumer exit) {
        this.reader = reader;
        this.queues = queues;
        this.settler = settler;
        this.announcer = announcer;
        this.announce = announce;
        this.opening = opening;
        this.exit = exit;
    }

    /** Obeys what was asked, or waits a second for it. Also hands back what late readers have brought. */
    public Duration obeyOnce() {
        handBackUnwanted();
        return reader.obeyOnce(this);
    }

    /** Nobody here replies any more. */
    public void leave() {
        reader.leave();
    }

    @Override
    public Obeyed obey(ControlAction action) {
        return switch (action) {
            case Ping ping -> Obeyed.done("It is there.", state());
            case Drain drain -> rest("It takes no more jobs.");
            case Resume resume -> resume();
            case Shutdown shutdown -> rest("It stops.").then(() -> exit.accept(0));
            case Pool pool -> resize(pool);
            case Serve serve -> serve(serve.queue());
            case Leave leave -> leave(leave.queue());
        };
    }

    private Obeyed rest(String detail) {
        queues.close(Reason.RESTING);
        handBackUnwanted();
        return done(detail);
    }

    private Obeyed resume() {
        if (queues.closedFor(Reason.DRAINING)) {
            return refused(STOPPING);
        }
        queues.reopen(Reason.RESTING);
        return done("It takes jobs.");
    }

    /** All of them or none; those that are shared once, whichever queue that has them is meant. */
    private Obeyed resize(Pool pool) {
        List<WorkQueue> meant = queues.all().stream()
                .filter(queue -> pool.queue().map(queue.name()::equals).orElse(true))
                .toList();
        if (meant.isEmpty()) {
            return refused("It serves no such queue.");
        }
        Optional<WorkQueue> impossible = meant.stream()
                .filter(queue -> !possible(pool.of(queue.slots())))
                .findFirst();
        if (impossible.isPresent()) {
            WorkQueue queue = impossible.get();
            return refused(
                    "Its queue '%s' has %d slots; a queue has 1 to %d. To take no jobs, drain it or leave the queue."
                            .formatted(queue.name(), queue.slots(), ControlAction.MOST_SLOTS));
        }
        Map<Slots, Integer> wanted = new LinkedHashMap<>();
        meant.forEach(queue -> wanted.put(queue.pool(), pool.of(queue.slots())));
        meant.forEach(queue -> queue.resize(wanted.getOrDefault(queue.pool(), queue.slots())));
        return done("It has %d slots.".formatted(queues.slots()));
    }

    private static boolean possible(int slots) {
        return slots >= 1 && slots <= ControlAction.MOST_SLOTS;
    }

    private Obeyed serve(QueueName queue) {
        if (queues.closedFor(Reason.DRAINING)) {
            return refused(STOPPING);
        }
        Optional<WorkQueue> known = queues.find(queue);
        if (known.isEmpty() && queues.ever().size() >= MOST_QUEUES) {
            return refused("It has served %d queues, which is as many as it can.".formatted(MOST_QUEUES));
        }
        known.ifPresentOrElse(WorkQueue::serve, () -> opening.accept(queue));
        announcer.oweOffers();
        return done("It serves '%s'.".formatted(queue));
    }

    private Obeyed leave(QueueName queue) {
        if (!queues.names().contains(queue)) {
            return refused("It serves no such queue.");
        }
        queues.find(queue).ifPresent(WorkQueue::leave);
        handBackUnwanted();
        announcer.oweOffers();
        return done("It has left '%s'.".formatted(queue));
    }

    private void handBackUnwanted() {
        queues.withdrawUnwanted().forEach(settler::handBack);
    }

    private Obeyed done(String detail) {
        announce.run();
        return Obeyed.done(detail, state());
    }

    private Obeyed refused(String detail) {
        return Obeyed.refused(detail, state());
    }

    private Optional<Beat> state() {
        return Optional.of(announcer.beat());
    }
}
