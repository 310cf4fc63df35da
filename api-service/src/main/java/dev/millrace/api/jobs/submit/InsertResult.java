package dev.millrace.api.jobs.submit;

/** What became of a job in a commit. */
public enum InsertResult {
    /** It is accepted. */
    CREATED,
    /** It was accepted before, from the same body. */
    DUPLICATE,
    /** Its id belongs to a job with another body. */
    ID_CONFLICT
}
