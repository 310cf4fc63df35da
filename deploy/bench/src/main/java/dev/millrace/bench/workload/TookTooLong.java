package dev.millrace.bench.workload;

/** The bench has waited as long as it may: something is stuck, or the machine is too slow for so many jobs. */
public final class TookTooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TookTooLong(String sentence) {
        super(sentence);
    }
}
