package dev.millrace.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * How much a job may cost at most in things that are counted, and that a busy machine therefore does not change: a run in which
 * one is broken has failed. They lie a little above what is needed today, and are lowered with it.
 */
public final class Ceilings {

    /**
     * One of them.
     *
     * @param measure of a {@link Figure}
     * @param count as {@link dev.millrace.bench.measure.Usage} names it
     * @param most for each job
     */
    public record Ceiling(String measure, String count, double most) {}

    /** Of our own figures. */
    public static final Ceilings OURS = new Ceilings(List.of());

    private final List<Ceiling> all;

    Ceilings(List<Ceiling> all) {
        this.all = List.copyOf(all);
    }

    /** A sentence for each that is broken. */
    public List<String> broken(List<Figure> figures) {
        return all.stream()
                .flatMap(ceiling -> figures.stream()
                        .filter(figure -> figure.system().equals(Figure.MILLRACE)
                                && figure.measure().equals(ceiling.measure())
                                && counted(figure, ceiling) > ceiling.most())
                        .map(figure -> sentence(figure, ceiling)))
                .toList();
    }

    private static double counted(Figure figure, Ceiling ceiling) {
        return figure.usage().countsPerJob().getOrDefault(ceiling.count(), 0.0);
    }

    private static String sentence(Figure figure, Ceiling ceiling) {
        return String.format(
                Locale.ROOT,
                "%s, round %d: %.4f %s a job, where the ceiling is %s.",
                figure.measure(),
                figure.round(),
                counted(figure, ceiling),
                ceiling.count(),
                ceiling.most());
    }
}
