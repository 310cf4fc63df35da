package dev.millrace.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Ports;
import dev.millrace.local.home.RunFile;
import dev.millrace.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One process of one of the three services: ready when its {@code /q/health/ready} says so. */
public final class Service implements Program {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final String WORKER_GRACE = "PT2S";

    /**
     * What all services of one launcher share.
     *
     * @param environment REDIS_URL, DATABASE_URL, MILLRACE_HOME, and settings that win over those made here for a worker
     * @param options of a role's next process, besides those that the role always has: as {@link Programs#command} takes them
     */
    public record Surroundings(
            Programs programs,
            Map<String, String> environment,
            Function<Role, List<String>> options,
            Children children,
            Terminal terminal,
            RunFile runFile,
            Http http,
            Time time) {

        public Surroundings {
            environment = Map.copyOf(environment);
        }
    }

    private final Role role;
    private final String name;
    private final int port;
    private final Surroundings surroundings;

    public Service(Role role, int number, int port, Surroundings surroundings) {
        this.role = role;
        this.name = role.key() + "-" + number;
        this.port = port;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Its answer to whether it is ready, if it is. */
    public Optional<JsonNode> readiness() {
        return surroundings.http().document(url() + "/q/health/ready");
    }

    @Override
    public ChildProcess start() {
        ChildProcess process = begin();
        awaitReadiness(process);
        return process;
    }

    /** Starts it, without waiting until it is ready. */
    public ChildProcess begin() {
        Ports.orFree(port, name);
        ChildProcess process = ChildProcess.start(
                name, command(), environment(), surroundings.terminal().log(name));
        surroundings.children().adopt(surroundings.programs().program(role), process);
        return process;
    }

    @Override
    public void ready(ChildProcess process) {
        surroundings.runFile().ready(role.key(), new RunFile.Service(name, process.pid(), url()));
    }

    @Override
    public void ended() {
        surroundings.runFile().ended(role.key(), name);
    }

    /**
     * Returns when it is ready.
     *
     * @throws CannotStart if it ends before, or takes longer than 90 seconds, in which case it is stopped
     */
    public void awaitReadiness(ChildProcess process) {
        long began = surroundings.time().reading();
        while (readiness().isEmpty()) {
            if (process.endsWithin(TICK)) {
                throw new CannotStart(name + " ended with " + process.ending() + " before it was ready: see " + log());
            }
            if (surroundings.time().passed(READY, began)) {
                process.stop(Signal.TERM, TICK);
                throw new CannotStart(name + " was not ready after " + READY.toSeconds() + " s: see " + log());
            }
        }
    }

    private Path log() {
        return surroundings.terminal().file(name);
    }

    private List<String> command() {
        List<String> options = new ArrayList<>(surroundings.options().apply(role));
        // Names this installation in the command line, by which a later start knows the process for its own.
        options.add("-Dlocal.home=" + surroundings.runFile().home().folder());
        return surroundings.programs().command(role, options);
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(surroundings.environment());
        all.put("QUARKUS_PROFILE", "local");
        all.put("QUARKUS_BANNER_ENABLED", "false");
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        if (role == Role.WORKER) {
            all.putIfAbsent("MILLRACE_WORKER_GRACE", WORKER_GRACE);
        }
        return all;
    }
}
