package dev.millrace.bench.workload;

import dev.millrace.bench.measure.Usage;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Value;
import java.util.List;
import java.util.function.Consumer;

/** To whom figures of a round are told. */
record Told(int round, Consumer<Figure> figures) {

    void tell(String measure, long jobs, List<Value> values, Usage usage, Plan under) {
        figures.accept(new Figure(Figure.MILLRACE, measure, round, jobs, values, usage, under.settings()));
    }

    static Value rate(double perSecond) {
        return Value.rate("perSecond", perSecond);
    }

    /** Between two stamps. */
    static double seconds(long from, long to) {
        return Math.max(to - from, 1) / 1e9;
    }
}
