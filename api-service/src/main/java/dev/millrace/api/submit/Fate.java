package dev.millrace.api.submit;

/** What became of a job in a commit. */
public enum Fate {
    /** It is accepted. */
    NEW,
    /** It was accepted before, from the same body. */
    THERE,
    /** Its id belongs to a job with another body. */
    TAKEN
}
