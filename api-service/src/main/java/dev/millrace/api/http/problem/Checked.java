package dev.millrace.api.http.problem;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What was asked for, once it was checked: the value, or the problem for which it is refused. */
public sealed interface Checked<T> {

    record Accepted<T>(T value) implements Checked<T> {}

    record Refused<T>(Problem problem) implements Checked<T> {}

    /** Refused if there is an objection; only without one the value is made. */
    static <T> Checked<T> unless(Optional<Problem> objection, Supplier<T> value) {
        return objection.<Checked<T>>map(Refused::new).orElseGet(() -> new Accepted<>(value.get()));
    }

    /** The next check of an accepted value; a refusal stays what it is. */
    default <R> Checked<R> then(Function<? super T, Checked<R>> next) {
        return switch (this) {
            case Accepted<T>(T value) -> next.apply(value);
            case Refused<T>(Problem problem) -> new Refused<>(problem);
        };
    }

    /** The same, a refusal for what is made of its problem. */
    default Checked<T> otherwise(UnaryOperator<Problem> seen) {
        return switch (this) {
            case Accepted<T> accepted -> accepted;
            case Refused<T>(Problem problem) -> new Refused<>(seen.apply(problem));
        };
    }

    default Optional<Problem> refusal() {
        return switch (this) {
            case Accepted<T> accepted -> Optional.empty();
            case Refused<T>(Problem problem) -> Optional.of(problem);
        };
    }

    /**
     * The value, for a resource that answers a refusal with its problem.
     *
     * @throws ProblemException if it is refused
     */
    default T orThrow() {
        return switch (this) {
            case Accepted<T>(T value) -> value;
            case Refused<T>(Problem problem) -> throw problem.exception();
        };
    }
}
