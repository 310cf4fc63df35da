package dev.millrace.proving.simulation;

/** A process: what it does next, and when. */
interface Actor {

    String name();

    /** When it has something to do, in milliseconds of the simulation. */
    long due();

    /** Does what is due. Throws what its calls to Redis throw; then it is asked again a little later. */
    void step();

    /** It could not do its step. */
    void failed();

    /** It was stopped for so long: what it did took that much longer. */
    void slept(long millis);
}
