package dev.millrace.ctl;

import dev.millrace.ctl.access.Audit;
import dev.millrace.ctl.access.Me;
import dev.millrace.ctl.access.Tokens;
import dev.millrace.ctl.bulk.Bulk;
import dev.millrace.ctl.definitions.Definitions;
import dev.millrace.ctl.fleet.Diagnose;
import dev.millrace.ctl.fleet.ShowStats;
import dev.millrace.ctl.fleet.Status;
import dev.millrace.ctl.fleet.Top;
import dev.millrace.ctl.inspect.Inspect;
import dev.millrace.ctl.jobs.Attempts;
import dev.millrace.ctl.jobs.Cancel;
import dev.millrace.ctl.jobs.CountJobs;
import dev.millrace.ctl.jobs.Delete;
import dev.millrace.ctl.jobs.Events;
import dev.millrace.ctl.jobs.ListJobs;
import dev.millrace.ctl.jobs.Result;
import dev.millrace.ctl.jobs.Retry;
import dev.millrace.ctl.jobs.ShowJob;
import dev.millrace.ctl.jobs.Submit;
import dev.millrace.ctl.jobs.SubmitMany;
import dev.millrace.ctl.jobs.Watch;
import dev.millrace.ctl.letters.DeadLetters;
import dev.millrace.ctl.letters.Requeue;
import dev.millrace.ctl.queues.PauseQueues;
import dev.millrace.ctl.queues.Purge;
import dev.millrace.ctl.queues.Queues;
import dev.millrace.ctl.queues.ResumeQueues;
import dev.millrace.ctl.schedules.Schedules;
import dev.millrace.ctl.tasks.Tasks;
import dev.millrace.ctl.tenants.Tenants;
import dev.millrace.ctl.workers.Drain;
import dev.millrace.ctl.workers.Ping;
import dev.millrace.ctl.workers.Pool;
import dev.millrace.ctl.workers.Shutdown;
import dev.millrace.ctl.workers.Workers;
import dev.millrace.ctl.workflows.Workflows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The verbs by the words that choose them, in the order in which the help lists them. */
final class Verbs {

    private static final Set<String> WITH_A_VALUE = Set.of("--url", "--profile");
    private static final Set<String> ABOUT_ALL = Set.of("help", "completion");

    private final Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();

    Verbs() {
        verbs.put("status", Status::new);
        verbs.put("top", Top::new);
        verbs.put("diagnose", Diagnose::new);
        verbs.put("submit", Submit::new);
        verbs.put("submit-many", SubmitMany::new);
        verbs.put("watch", Watch::new);
        verbs.put("result", Result::new);
        verbs.put("jobs", ListJobs::new);
        verbs.put("job", ShowJob::new);
        verbs.put("attempts", Attempts::new);
        verbs.put("counts", CountJobs::new);
        verbs.put("stats", ShowStats::new);
        verbs.put("cancel", Cancel::new);
        verbs.put("retry", Retry::new);
        verbs.put("delete", Delete::new);
        verbs.put("events", Events::new);
        verbs.put("dlq", DeadLetters::new);
        verbs.put("requeue", Requeue::new);
        verbs.put("bulk", Bulk::new);
        verbs.put("schedules", Schedules::new);
        verbs.put("workflows", Workflows::new);
        verbs.put("definitions", Definitions::new);
        verbs.put("tasks", Tasks::new);
        verbs.put("queues", Queues::new);
        verbs.put("pause", PauseQueues::new);
        verbs.put("resume", ResumeQueues::new);
        verbs.put("purge", Purge::new);
        verbs.put("workers", Workers::new);
        verbs.put("ping", Ping::new);
        verbs.put("drain", Drain::new);
        verbs.put("shutdown", Shutdown::new);
        verbs.put("pool", Pool::new);
        verbs.put("inspect", Inspect::new);
        verbs.put("me", Me::new);
        verbs.put("tokens", Tokens::new);
        verbs.put("tenants", Tenants::new);
        verbs.put("audit", Audit::new);
        verbs.put("completion", Completion::new);
        verbs.put("help", Help::new);
    }

    /**
     * A reader of command lines that has the verb of this one alone, since to look at all of them takes longer than most calls. It has all
     * where they matter: for help, for words to be completed, and for a word that is no verb.
     */
    CommandLine reader(Root root, String... arguments) {
        CommandLine reader = new CommandLine(root);
        chosen(arguments).forEach((word, verb) -> reader.addSubcommand(word, verb.get()));
        return reader;
    }

    /** One that has all. */
    CommandLine reader(Root root) {
        return reader(root, "help");
    }

    private Map<String, Supplier<Object>> chosen(String... arguments) {
        String word = first(List.of(arguments))
                .filter(one -> !ABOUT_ALL.contains(one))
                .orElse("");
        Supplier<Object> verb = verbs.get(word);
        return verb == null ? verbs : Map.of(word, verb);
    }

    /** The first word that is no option and no value of one. */
    private static Optional<String> first(List<String> arguments) {
        for (int at = 0; at < arguments.size(); at++) {
            boolean value = at > 0 && WITH_A_VALUE.contains(arguments.get(at - 1));
            if (!value && !arguments.get(at).startsWith("-")) {
                return Optional.of(arguments.get(at));
            }
        }
        return Optional.empty();
    }
}
