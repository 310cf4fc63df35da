package dev.millrace.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * How much a job may cost at most in things that are counted, and that a busy machine therefore does not change: a run in which
 * one is broken has failed. They lie a little above what is needed today, and are lowered with it.
 */
public final class Ceilings {

    private static final String COMMANDS = "redis.commands";
    private static final String CALLS = "redis.fcall";
    private static final String COMMITS = "postgres.commits";
    private static final String STATEMENTS = "postgres.statements";

    /** Of fewer jobs too much of what is counted is what services do without any. */
    private static final long LEAST_JOBS = 1_000;

    /**
     * One of them.
     *
     * @param measure of a {@link Figure}
     * @param count as {@link dev.millrace.bench.measure.Usage} names it
     * @param most for each job
     */
    public record Ceiling(String measure, String count, double most) {}

    /** Of our own figures. */
    public static final Ceilings OURS = new Ceilings(List.of(
            new Ceiling("end-to-end-cold", COMMANDS, 20),
            new Ceiling("end-to-end-cold", COMMITS, 0.1),
            new Ceiling("end-to-end-cold", STATEMENTS, 2),
            new Ceiling("bulk-submit", COMMANDS, 5),
            new Ceiling("bulk-submit", COMMITS, 0.05),
            new Ceiling("bulk-submit", STATEMENTS, 1),
            new Ceiling("drain", COMMANDS, 10),
            new Ceiling("drain", CALLS, 0.6),
            new Ceiling("drain", COMMITS, 0.1),
            new Ceiling("drain", STATEMENTS, 1),
            new Ceiling("end-to-end", COMMANDS, 13),
            new Ceiling("end-to-end", CALLS, 0.6),
            new Ceiling("end-to-end", COMMITS, 0.1),
            new Ceiling("end-to-end", STATEMENTS, 1),
            new Ceiling("clients", COMMANDS, 30),
            new Ceiling("clients", COMMITS, 1),
            new Ceiling("latency-start", COMMANDS, 50),
            new Ceiling("latency-start", CALLS, 6),
            new Ceiling("latency-start", COMMITS, 3.5),
            new Ceiling("latency-start", STATEMENTS, 10),
            new Ceiling("latency-result", COMMITS, 3.5),
            new Ceiling("single-submit", COMMITS, 1.3),
            new Ceiling("single-submit", STATEMENTS, 4)));

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
                                && figure.jobs() >= LEAST_JOBS
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
