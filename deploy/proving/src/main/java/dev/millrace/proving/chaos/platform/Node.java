package dev.millrace.proving.chaos.platform;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.local.run.Children;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Service;
import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.fault.FaultLog;
import dev.millrace.time.Time;
import java.time.Duration;

/** One process of a service, started again whenever it ends. Safe for use by several threads. */
public final class Node {

    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(500);

    private final Service service;
    private final Children children;
    private final FaultLog faults;
    private final Time time;
    private final Fault.Kind killed;
    private volatile ChildProcess process;
    private volatile boolean ready = true;
    private volatile long ending;

    private Node(Service service, Children children, FaultLog faults, Time time) {
        this.service = service;
        this.children = children;
        this.faults = faults;
        this.time = time;
        this.killed = killed(service.role());
        this.process = service.start();
    }

    /** Starts it, and returns when it is ready. */
    static Node start(Service service, Children children, FaultLog faults, Time time) {
        Node node = new Node(service, children, faults, time);
        node.watch();
        return node;
    }

    public String name() {
        return service.name();
    }

    public String url() {
        return service.url();
    }

    /** Whether it runs and has said that it is ready since its last start. */
    public boolean ready() {
        return ready;
    }

    /** SIGKILL. */
    public void kill() {
        ChildProcess now = process;
        ending = now.pid();
        faults.inflicted(killed, "kill -9 " + name(), now.pid());
        now.kill();
    }

    /** SIGSTOP: it stands still until {@link #resume}, and its jobs are taken over meanwhile. */
    public void pause() {
        ChildProcess now = process;
        faults.inflicted(Fault.Kind.PAUSE, "SIGSTOP " + name(), now.pid());
        now.send(Signal.STOP);
    }

    public void resume() {
        ChildProcess now = process;
        now.send(Signal.CONT);
        faults.over(Fault.Kind.PAUSE, now.pid());
    }

    /** SIGTERM; returns when it has ended, how long that took. Kills it after a minute. */
    public Duration terminate() {
        ChildProcess now = process;
        ending = now.pid();
        faults.inflicted(Fault.Kind.TERM, "SIGTERM " + name(), now.pid());
        long began = time.nanos().getAsLong();
        ready = false;
        now.stop(Signal.TERM, Duration.ofMinutes(1));
        return time.since(began);
    }

    private static Fault.Kind killed(Role role) {
        return switch (role) {
            case API -> Fault.Kind.API_KILL;
            case WORKER -> Fault.Kind.KILL;
            case SCHEDULER -> Fault.Kind.SCHEDULER_KILL;
        };
    }

    private void watch() {
        ChildProcess now = process;
        now.whenEnded(() -> Thread.ofVirtual().name("start " + name()).start(() -> ended(now)));
    }

    private void ended(ChildProcess dead) {
        ready = false;
        if (children.closed()) {
            return;
        }
        if (ending != dead.pid()) {
            faults.inflicted(Fault.Kind.DIED, name() + " ends by itself", dead.pid());
        }
        faults.died(name() + " ended with " + dead.ending());
        while (!children.closed()) {
            if (startedAgain()) {
                return;
            }
            time.rest(BEFORE_ANOTHER_TRY);
        }
    }

    private boolean startedAgain() {
        long before = process.pid();
        try {
            process = service.begin();
            service.awaitReadiness(process);
            ready = true;
            watch();
            return true;
        } catch (CannotStart notNow) {
            notStarted(notNow, before);
            return false;
        }
    }

    /** Redis or PostgreSQL may be away; or it began to work, and met a job that kills, before it was seen to be ready. */
    private void notStarted(CannotStart why, long before) {
        long pid = process.pid();
        boolean diedByItself = pid != before && pid != ending;
        faults.inflicted(diedByItself ? Fault.Kind.DIED : Fault.Kind.OTHER, why.sentence(), diedByItself ? pid : 0);
    }
}
