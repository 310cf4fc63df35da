package dev.millrace.ctl.fleet;

/**
 * What a check found.
 *
 * @param check what was looked at
 * @param found what it found, in a sentence
 * @param advice what to do; empty if nothing is to be done
 */
record Finding(Level level, String check, String found, String advice) {

    /** How much it matters. */
    enum Level {
        OK,
        /** Worth knowing, and nothing is broken. */
        NOTE,
        /** Jobs do not run as they should. */
        BAD
    }

    static Finding ok(String check, String found) {
        return new Finding(Level.OK, check, found, "");
    }

    static Finding note(String check, String found, String advice) {
        return new Finding(Level.NOTE, check, found, advice);
    }

    static Finding bad(String check, String found, String advice) {
        return new Finding(Level.BAD, check, found, advice);
    }
}
