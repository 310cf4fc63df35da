package dev.millrace.api.submit;

import java.time.Instant;
import java.util.List;

/** What became of a submission, once it is known to be in PostgreSQL for good. */
sealed interface Outcome {

    /**
     * It was looked at for the first time.
     *
     * @param fates one for each job, in order
     * @param at the birth of its new jobs, by PostgreSQL's clock; without meaning if there are none
     */
    record Stored(List<Fate> fates, Instant at) implements Outcome {}

    /** The key was used with the same body before; this is the reply that was kept. */
    record Replayed(String reply) implements Outcome {}

    /** The key was used with another body. Nothing is stored. */
    record KeyReused() implements Outcome {}
}
