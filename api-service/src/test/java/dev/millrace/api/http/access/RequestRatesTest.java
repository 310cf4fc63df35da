package dev.millrace.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

    private final AtomicLong nanos = new AtomicLong(7);
    private final RequestRates rates =
            new RequestRates(new AccessSettings(true, Optional.empty(), Duration.ofHours(1), 2), nanos::get);

    private static Caller holder(String token, @Nullable String session, @Nullable Integer perSecond) {
        return new Caller("default", Role.VIEWER, "test", token, session, Instant.MAX, false, perSecond);
    }

    private boolean passes(Caller caller) {
        return rates.refusal(caller).isEmpty();
    }

    @Test
    void aTokenIsLetThroughAsOftenAsTheInstallationHasSet() {
        Caller holder = holder("a", null, null);

        assertThat(passes(holder)).isTrue();
        assertThat(passes(holder)).isTrue();
        assertThat(rates.refusal(holder))
                .hasValueSatisfying(refusal -> assertThat(
                                ((ProblemException) refusal).problem().type())
                        .isEqualTo(ProblemType.TOO_MANY_REQUESTS));
        nanos.addAndGet(Duration.ofMillis(501).toNanos());
        assertThat(passes(holder)).isTrue();
        assertThat(passes(holder)).isFalse();
    }

    @Test
    void aTokenHasItsOwnRateAndItsSessionsCountAsItself() {
        Caller holder = holder("a", null, 3);
        Caller browser = holder("a", "s", 3);

        assertThat(passes(holder)).isTrue();
        assertThat(passes(browser)).isTrue();
        assertThat(passes(holder)).isTrue();
        assertThat(passes(browser)).isFalse();
        assertThat(passes(holder("b", null, null))).isTrue();
    }

    @Test
    void anotherRateIsObeyedFromTheNextRequestOn() {
        assertThat(passes(holder("a", null, 1))).isTrue();
        assertThat(passes(holder("a", null, 1))).isFalse();
        assertThat(passes(holder("a", null, 2))).isTrue();
    }

    @Test
    void theInstallationsOwnTokenIsNotCounted() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(passes(Caller.BOOTSTRAP)).isTrue();
        }
    }

    @Test
    void whatIsForgottenWasFullAgain() {
        Caller holder = holder("a", null, 1);
        assertThat(passes(holder)).isTrue();
        rates.forgetOnce();
        assertThat(passes(holder)).isFalse();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        rates.forgetOnce();
        assertThat(passes(holder)).isTrue();
        assertThat(passes(holder)).isFalse();
    }
}
