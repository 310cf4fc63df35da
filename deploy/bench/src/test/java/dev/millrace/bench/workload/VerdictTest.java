package dev.millrace.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.report.Value;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void findsNothingWrongWithJobsThatSucceededEvenIfSomeRanAgain() {
        Verdict verdict = new Verdict(10, 11, 11, 8, 9);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.values())
                .containsExactly(Value.cost("lost", 0), Value.cost("notSucceeded", 0), Value.cost("ranAgain", 1));
    }

    @Test
    void saysWhatIsLostWhatHasNotSucceededAndWhatNobodyRan() {
        assertThat(new Verdict(10, 9, 9, 5, 5).broken())
                .containsExactly("10 jobs were accepted and 9 are in the record.");
        assertThat(new Verdict(9, 9, 8, 5, 5).broken())
                .containsExactly("9 jobs are in the record and 8 have succeeded.");
        assertThat(new Verdict(9, 9, 9, 5, 4).broken())
                .containsExactly("5 jobs have succeeded whose tasks were called 4 times.");
    }
}
