package dev.millrace.proving.chaos.verdict;

import java.util.List;

/**
 * What a history is worth.
 *
 * @param jobs that clients know to be accepted
 * @param lost of these, those without a row or without an end
 * @param doubleEnds ends that a client saw change, and second ends that should not have been written
 * @param repeated runs beyond one for each attempt
 * @param repeatsExplained as many of them as the faults may have caused
 * @param untilCleanMs from the last end until Redis was clean
 * @param broken a sentence for each promise that was broken; none if all were kept
 */
public record Verdict(
        int jobs,
        int lost,
        int doubleEnds,
        int faults,
        int repeated,
        int repeatsExplained,
        Recovery recovery,
        long untilCleanMs,
        List<String> broken) {

    public Verdict {
        broken = List.copyOf(broken);
    }
}
