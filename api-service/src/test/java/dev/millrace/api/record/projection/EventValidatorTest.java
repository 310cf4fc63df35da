package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventValidatorTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FAR = Instant.ofEpochMilli(999_999_999_999_999L);

    @Test
    void objectsToADeferralThatPostgresqlOrAClientCouldNotShow() {
        assertThat(EventValidator.objection(deferred(AT, AT))).isEmpty();
        assertThat(EventValidator.objection(deferred(FAR, AT)).orElseThrow()).contains("next run");
        assertThat(EventValidator.objection(deferred(AT, FAR)).orElseThrow()).contains("start");
    }

    private static JobEvent deferred(Instant due, Instant started) {
        Position position = new Position(new Token(1, 1, 1), Rank.DEFERRED, EntryId.ZERO);
        Start start = new Start(started, "w", Duration.ZERO);
        return new Deferred(new JobId(new UUID(1, 2)), position, 2, AT, Why.RETRY, due, start, null);
    }
}
