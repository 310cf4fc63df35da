package dev.millrace.proving.simulation;

import java.util.SplittableRandom;

/**
 * What a job's task does, the same in every run.
 *
 * @param millis it takes
 * @param fails in how many attempts it fails first
 * @param snoozes how often it asks to be run later first, which is no failure
 * @param poison whether it kills its worker
 */
record Task(long millis, int fails, int snoozes, boolean poison) {

    /** How many jobs it orders, besides one that each run orders for itself. */
    int orders() {
        return (int) (millis % 3);
    }

    static Task of(SplittableRandom random, boolean mayBePoison) {
        boolean slow = random.nextInt(100) < 15;
        long millis = slow ? 5_000 + random.nextInt(20_000) : 10 + random.nextInt(1_500);
        int fails = random.nextInt(100) < 30 ? 1 + random.nextInt(4) : 0;
        int snoozes = random.nextInt(100) < 10 ? 1 : 0;
        return new Task(millis, fails, snoozes, mayBePoison && random.nextInt(100) < 10);
    }
}
