package dev.millrace.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.run.Http;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Service;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether the api knows the tasks of every worker, without which a submit would be refused. */
final class Registration {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(100);

    private final Http http;
    private final Map<Service, ChildProcess> running;
    private final Time time;

    Registration(Http http, Map<Service, ChildProcess> running, Time time) {
        this.http = http;
        this.running = running;
        this.time = time;
    }

    /**
     * Returns when each worker's id stands at some task of the first api.
     *
     * @throws CannotStart if that is not so within 30 s, or a service dies meanwhile
     */
    void await() {
        long began = time.reading();
        List<String> missing = missing();
        while (!missing.isEmpty()) {
            refuseTheDead();
            if (time.passed(DEADLINE, began)) {
                throw new CannotStart("After " + DEADLINE.toSeconds() + " s the api does not know the tasks of "
                        + String.join(", ", missing) + ": see the logs of api-1 and of the workers.");
            }
            missing = missing();
        }
    }

    // The pause before the next question is a wait for the death of one of them.
    private void refuseTheDead() {
        for (Map.Entry<Service, ChildProcess> one : running.entrySet()) {
            Duration share = TICK.dividedBy(running.size());
            if (one.getValue().endsWithin(share)) {
                throw new CannotStart(one.getKey().name() + " ended with "
                        + one.getValue().ending() + " before its tasks were registered: see its log.");
            }
        }
    }

    private List<String> missing() {
        List<String> known = knownWorkers();
        List<String> missing = new ArrayList<>();
        for (Service worker : ofRole(Role.WORKER).toList()) {
            Optional<String> id = worker.readiness().flatMap(Registration::workerId);
            if (id.isEmpty() || !known.contains(id.get())) {
                missing.add(worker.name());
            }
        }
        return missing;
    }

    private List<String> knownWorkers() {
        Service api = ofRole(Role.API).findFirst().orElseThrow();
        return http.document(api.url() + "/api/v1/tasks?limit=200").stream()
                .flatMap(tasks -> elements(tasks.path("items")))
                .flatMap(task -> elements(task.path("workers")))
                .map(JsonNode::asText)
                .collect(Collectors.toList());
    }

    private static Optional<String> workerId(JsonNode readiness) {
        return elements(readiness.path("checks"))
                .filter(check -> "worker".equals(check.path("name").asText()))
                .map(check -> check.path("data").path("id").asText())
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    private Stream<Service> ofRole(Role role) {
        return running.keySet().stream().filter(service -> service.role() == role);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
