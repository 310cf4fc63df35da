package dev.millrace.proving.chaos.platform;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.Ports;
import dev.millrace.local.home.RunFile;
import dev.millrace.local.run.Http;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Service;
import dev.millrace.local.run.ShippedSchedules;
import dev.millrace.local.run.ShownToken;
import dev.millrace.local.run.Workshop;
import dev.millrace.proving.chaos.fault.FaultLog;
import dev.millrace.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The services' processes of one scenario. */
public record Processes(List<Node> apis, List<Node> workers, List<Node> schedulers) {

    private static final int STARTS = 3;
    private static final Duration BEFORE_ANOTHER = Duration.ofMillis(200);

    public Processes {
        apis = List.copyOf(apis);
        workers = List.copyOf(workers);
        schedulers = List.copyOf(schedulers);
    }

    /** Starts all, and returns when all are ready. */
    static Processes start(
            Workshop shop,
            Programs programs,
            Topology topology,
            Map<String, String> addresses,
            Path journal,
            FaultLog faults) {
        Time time = shop.time();
        Service.Surroundings surroundings = surroundings(shop, programs, topology, addresses, journal);
        // The first api makes the tables, and opens Redis for the others.
        List<Node> apis = new ArrayList<>(nodes(Role.API, 1, 1, surroundings, shop, faults, time));
        if (topology.apis() > 1) {
            apis.addAll(nodes(Role.API, 2, topology.apis(), surroundings, shop, faults, time));
        }
        return new Processes(
                apis,
                nodes(Role.WORKER, 1, topology.workers(), surroundings, shop, faults, time),
                nodes(Role.SCHEDULER, 1, topology.schedulers(), surroundings, shop, faults, time));
    }

    private static List<Node> nodes(
            Role role,
            int first,
            int last,
            Service.Surroundings surroundings,
            Workshop shop,
            FaultLog faults,
            Time time) {
        Function<Integer, Node> start = number -> node(role, number, surroundings, shop, faults, time);
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Node>> starting = new ArrayList<>();
            for (int number = first; number <= last; number++) {
                int one = number;
                starting.add(CompletableFuture.supplyAsync(() -> start.apply(one), starters));
            }
            return starting.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    // Of several that start at once, two may find the same port free; the next look finds others.
    private static Node node(
            Role role, int number, Service.Surroundings surroundings, Workshop shop, FaultLog faults, Time time) {
        for (int another = 1; another < STARTS; another++) {
            try {
                Service service = new Service(role, number, Ports.free(), surroundings);
                return Node.start(service, shop.children(), faults, time);
            } catch (CannotStart taken) {
                time.rest(BEFORE_ANOTHER);
            }
        }
        Service service = new Service(role, number, Ports.free(), surroundings);
        return Node.start(service, shop.children(), faults, time);
    }

    private static Service.Surroundings surroundings(
            Workshop shop, Programs programs, Topology topology, Map<String, String> addresses, Path journal) {
        Map<String, String> environment = new HashMap<>(topology.settings());
        environment.putAll(addresses);
        environment.put("MILLRACE_HOME", shop.home().folder().toString());
        environment.put("MILLRACE_WORKER_GRACE", topology.grace().toString());
        environment.put("MILLRACE_WORKER_TASKS_CHAOS_JOURNAL", journal.toString());
        return new Service.Surroundings(
                programs,
                environment,
                ShippedSchedules::paused,
                shop.children(),
                shop.logs(),
                new RunFile(shop.home()),
                new Http(ShownToken.none()),
                shop.time());
    }
}
