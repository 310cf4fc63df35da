package dev.millrace.proving.simulation;

/** A process: its loops take turns. */
interface Actor {

    String name();

    Loops loops();

    /** When it has something to do, in milliseconds of the simulation. */
    default long due() {
        return loops().due();
    }

    /** Does what is due. Throws what its calls to Redis throw; then it is asked again a little later. */
    default void step() {
        loops().step();
    }

    /** It could not do its step. */
    default void failed() {
        loops().failed();
    }

    /** It was stopped for so long: what it did took that much longer. */
    void slept(long millis);
}
