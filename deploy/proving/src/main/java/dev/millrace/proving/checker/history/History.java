package dev.millrace.proving.checker.history;

import java.util.List;
import java.util.function.Consumer;

/** All that was seen of a run; it can be gone through more than once. */
@FunctionalInterface
public interface History {

    void forEach(Consumer<Line> reader);

    static History of(List<Line> lines) {
        return lines::forEach;
    }
}
