package dev.millrace.scheduler.fires;

import dev.millrace.schedule.FireAnswer;
import dev.millrace.scheduler.db.Db;
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

    /** Answers of fires that are not known, or are answered already, change nothing. Returns after the commit. */
    public void keep(List<FireAnswer> answers) {
        if (!answers.isEmpty()) {
            meters.answered(db.transaction(LIMIT, tx -> FireTable.answer(tx, answers)));
        }
    }
}
