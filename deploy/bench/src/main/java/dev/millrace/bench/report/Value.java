package dev.millrace.bench.report;

/**
 * One number of a figure.
 *
 * @param name as in JSON: {@code perSecond}, {@code startP99Ms}
 */
public record Value(String name, double number, Better better) {

    /** Which of two numbers one would rather have. */
    public enum Better {
        HIGHER,
        LOWER
    }

    /** A rate. */
    public static Value rate(String name, double perSecond) {
        return new Value(name, perSecond, Better.HIGHER);
    }

    /** A time, or another number that is a cost. */
    public static Value cost(String name, double number) {
        return new Value(name, number, Better.LOWER);
    }

    /** How many times as good as another; above 1 this one is better. */
    public double over(double other) {
        return switch (better) {
            case HIGHER -> number / other;
            case LOWER -> other / number;
        };
    }
}
