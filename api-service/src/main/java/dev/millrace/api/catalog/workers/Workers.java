package dev.millrace.api.catalog.workers;

import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.workers.SeenWorker.State;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.names.Names;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The workers that were heard of within a day, as they stand in PostgreSQL: every instance finds the same. A beat is there
 * as soon as one of them has recorded it. Blocks for PostgreSQL.
 */
@Singleton
public class Workers {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    private static final List<State> LIVING = List.of(State.RUNNING, State.DRAINING);
    private static final int MOST = 10_000;

    private final Db db;

    public Workers(Db db) {
        this.db = db;
    }

    /**
     * Records what these events tell, of workers whom the catalog knows. To apply them again, or after later ones, changes
     * nothing.
     *
     * @throws dev.millrace.postgres.BadData if PostgreSQL will never take some of them; nothing is written
     */
    public void apply(Collection<FleetEntry> events) {
        WorkerNews news = WorkerNews.of(events);
        if (!news.isEmpty()) {
            db.vetting(WRITE_LIMIT, tx -> {
                WorkerRows.write(tx, news);
                return news;
            });
        }
    }

    /** All that live, in the order of their ids. */
    public List<SeenWorker> living() {
        return page(LIVING, "", MOST);
    }

    /** Those in one of these states whose ids come after one, in the order of ids. */
    List<SeenWorker> page(List<State> states, String behind, int limit) {
        return db.session(LIMIT, tx -> WorkerRows.page(tx, states, behind, limit));
    }

    /**
     * The worker of this id, or else the only living one of this name.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if there is none, 409 if several that live are called so
     */
    public SeenWorker require(String idOrName) {
        if (!Names.isName(idOrName)) {
            throw unknown();
        }
        return db.session(
                LIMIT, tx -> WorkerRows.find(tx, idOrName).orElseGet(() -> only(WorkerRows.called(tx, idOrName))));
    }

    private static SeenWorker only(List<SeenWorker> called) {
        if (called.isEmpty()) {
            throw unknown();
        }
        if (called.size() > 1) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "Several workers that live have this name; say the id of one, as GET /api/v1/workers tells it.")
                    .exception();
        }
        return called.getFirst();
    }

    private static RuntimeException unknown() {
        return Problem.of(
                        ProblemType.NOT_FOUND,
                        "No worker of this id was heard of within a day, and none that lives has this name.")
                .exception();
    }
}
