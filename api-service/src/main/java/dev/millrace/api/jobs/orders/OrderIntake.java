package dev.millrace.api.jobs.orders;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.http.problem.TraceIds;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.orders.OrderTable.OrdersOfRun;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.orders.ChildRows;
import dev.millrace.api.record.orders.ChildRows.Child;
import dev.millrace.api.record.orders.ChildRows.Name;
import dev.millrace.api.record.orders.NewOrders;
import dev.millrace.job.JobId;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.BadData;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Makes the jobs that were ordered, in every instance. */
@ApplicationScoped
public class OrderIntake {

    /** Of one commit, unless a single run has ordered more. */
    static final int MOST_JOBS = 1_000;

    private static final Logger LOG = Logger.getLogger(OrderIntake.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration UNTIL_READY = Duration.ofMillis(200);

    /** Within it what another instance has recorded is seen, if that one does not make it. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Problem TAKEN =
            Problem.of(ProblemType.ID_TAKEN, "The id that the order's key gives its job belongs to another job.");

    private static final Problem UNSTORABLE =
            Problem.of(ProblemType.INVALID, "PostgreSQL refuses what was ordered with this order.");

    private final Db db;
    private final Intake intake;
    private final Acceptance acceptance;
    private final NewOrders news;
    private final TraceIds traces;
    private final OrderMeters meters;
    private boolean more;

    public OrderIntake(
            @ByKey Db db,
            Intake intake,
            Acceptance acceptance,
            NewOrders news,
            RandomGenerator random,
            OrderMeters meters) {
        this.db = db;
        this.intake = intake;
        this.acceptance = acceptance;
        this.news = news;
        this.traces = new TraceIds(random);
        this.meters = meters;
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("orders", this::acceptOnce);
    }

    /**
     * What was written, for after the commit.
     *
     * @param runs whose orders were looked at
     * @param children what became of those that were not made before
     */
    private record Written(int runs, List<Child> children, AcceptedJobs jobs) {

        private static final Written NOTHING = new Written(0, List.of(), AcceptedJobs.NONE);
    }

    /**
     * Makes what is ordered, or waits a second for orders, and opens no transaction if there are none. Before the tasks are known, every
     * order would look wrong.
     */
    Duration acceptOnce() throws InterruptedException {
        if (!intake.isReady()) {
            return UNTIL_READY;
        }
        if (more || news.await(IDLE) || !db.session(LIMIT, OrderTable::ids).isEmpty()) {
            more = acceptSome();
        }
        return Duration.ZERO;
    }

    private boolean acceptSome() {
        try {
            return accept(0, Long.MAX_VALUE);
        } catch (BadData among) {
            db.session(LIMIT, OrderTable::ids).forEach(this::acceptAlone);
            return true;
        }
    }

    private void acceptAlone(long id) {
        try {
            accept(id, id);
        } catch (BadData bad) {
            LOG.warnf("PostgreSQL refuses orders %d, all of which count as refused.", id);
            commit(tx -> refuse(tx, id));
        }
    }

    /** Whether there were any from the first row to the last. */
    private boolean accept(long first, long last) {
        return commit(tx -> accept(tx, someOf(OrderTable.take(tx, first, last))));
    }

    private boolean commit(Db.Work<Written> work) {
        Written written = acceptance.commit(() -> db.vetting(LIMIT, work), Written::jobs);
        meters.decided(written.children());
        return written.runs() > 0;
    }

    /** The first of these, up to so many jobs. The others are free again after the commit. */
    private static List<OrdersOfRun> someOf(List<OrdersOfRun> taken) {
        int jobs = 0;
        int rows = 0;
        while (rows < taken.size() && (rows == 0 || jobs < MOST_JOBS)) {
            jobs += taken.get(rows++).orders().size();
        }
        return taken.subList(0, rows);
    }

    private Written accept(Tx tx, List<OrdersOfRun> taken) {
        if (taken.isEmpty()) {
            return Written.NOTHING;
        }
        List<Ordered> open = open(tx, taken);
        Map<Ordered, Checked<NewJob>> checked = new LinkedHashMap<>();
        open.forEach(order -> checked.put(order, order.check(intake)));
        AcceptedJobs jobs = AcceptedJobs.write(tx, jobs(checked));
        List<Child> children = children(checked, jobs.taken());
        ChildRows.write(tx, children);
        OrderTable.delete(tx, taken);
        return new Written(taken.size(), children, jobs);
    }

    /** Each that was not made before; of several under one key the first. */
    private static List<Ordered> open(Tx tx, List<OrdersOfRun> taken) {
        Map<Name, Ordered> first = new LinkedHashMap<>();
        taken.stream()
                .flatMap(orders -> orders.orders().stream())
                .forEach(order -> first.putIfAbsent(order.name(), order));
        first.keySet().removeAll(ChildRows.made(tx, first.keySet()));
        return List.copyOf(first.values());
    }

    private static List<NewJob> jobs(Map<Ordered, Checked<NewJob>> checked) {
        List<NewJob> jobs = new ArrayList<>();
        checked.values().forEach(one -> {
            if (one instanceof Checked.Accepted<NewJob>(NewJob job)) {
                jobs.add(job);
            }
        });
        return jobs;
    }

    private List<Child> children(Map<Ordered, Checked<NewJob>> checked, Set<JobId> taken) {
        List<Child> children = new ArrayList<>(checked.size());
        checked.forEach((order, one) -> children.add(
                switch (one) {
                    case Checked.Refused<NewJob>(Problem problem) -> refused(order, problem);
                    case Checked.Accepted<NewJob>(NewJob job) when taken.contains(job.id()) -> refused(order, TAKEN);
                    case Checked.Accepted<NewJob>(NewJob job) ->
                        new Child(order.name(), order.orderer().tenant(), order.place(), job.id(), null);
                }));
        return children;
    }

    private Child refused(Ordered order, Problem problem) {
        String path = "/api/v1/jobs/" + order.orderer().job() + "/children";
        String document =
                problem.toJson(path, traces.of(order.orderer().traceParent())).toString();
        return new Child(order.name(), order.orderer().tenant(), order.place(), null, document);
    }

    private Written refuse(Tx tx, long id) {
        List<OrdersOfRun> taken = OrderTable.take(tx, id, id);
        Map<Name, Child> refused = new LinkedHashMap<>();
        taken.stream()
                .flatMap(orders -> orders.orders().stream())
                .forEach(order -> refused.putIfAbsent(order.name(), refused(order, UNSTORABLE)));
        ChildRows.write(tx, refused.values());
        OrderTable.delete(tx, taken);
        return new Written(taken.size(), List.copyOf(refused.values()), AcceptedJobs.NONE);
    }
}
