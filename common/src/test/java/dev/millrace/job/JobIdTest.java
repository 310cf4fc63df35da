package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    @Test
    void readsBackWhatItWrites() {
        JobId id = new JobId(UUID.fromString("0192f3c1-0000-7000-8000-00000000000a"));
        assertThat(JobId.parse(id.toString())).isEqualTo(id);
        assertThat(JobId.parse("0192F3C1-0000-7000-8000-00000000000A").toString())
                .isEqualTo("0192f3c1-0000-7000-8000-00000000000a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0192f3c1-0000-7000-8000-00000000000g",
                "0192f3c100-00-7000-8000-000000000001",
                "0192f3c1-0000-7000-8000-0000000000011",
                "0192f3c1+0000-7000-8000-000000000001"
            })
    void refusesEveryOtherForm(String text) {
        assertThatThrownBy(() -> JobId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersAsPostgresDoes() {
        JobId low = JobId.parse("00000000-0000-0000-0000-000000000001");
        JobId middle = JobId.parse("7fffffff-ffff-ffff-ffff-ffffffffffff");
        JobId high = JobId.parse("80000000-0000-0000-0000-000000000000");
        JobId highest = JobId.parse("80000000-0000-0000-8000-000000000000");
        assertThat(List.of(low, middle, high, highest)).isSorted();
    }

    /** The example of RFC 9562, A.4: www.example.com in the namespace of domain names. */
    @Test
    void namesAreOfVersionFive() {
        assertThat(JobId.named(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void aChildIsNamedByItsParentAndItsKey() {
        JobId parent = JobId.parse("0192f3c1-0000-7000-8000-00000000000a");
        assertThat(parent.child("a"))
                .isEqualTo(parent.child("a"))
                .isNotEqualTo(parent.child("b"))
                .isNotEqualTo(parent.child("a").child("a"));
    }
}
