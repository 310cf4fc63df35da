package dev.millrace.scheduler.fires;

import dev.millrace.postgres.BadData;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.FireAnswer;
import java.time.Duration;
import java.util.List;

/** Writes down what fires came to, so that they are not sent any more. */
public final class Answers {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final FireMeters meters;

    public Answers(Db db, FireMeters meters) {
        this.db = db;
        this.meters = meters;
    }

    /** Answers of fires that are not known, or are answered already, change nothing. Returns after the commit; throws {@link BadData} if PostgreSQL takes them never. */
    public void keep(List<FireAnswer> answers) {
        if (!answers.isEmpty()) {
            meters.answered(db.vetting(LIMIT, tx -> FireTable.answer(tx, answers)));
        }
    }
}
