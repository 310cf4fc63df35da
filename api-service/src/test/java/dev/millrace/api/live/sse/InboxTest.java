package dev.millrace.api.live.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.live.sse.Inbox.Mail;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Inbox<String> inbox = new Inbox<>(3, 10, String::length);

    @Test
    void givesAnItemThatIsLargerThanItsBoundWhenNothingElseWaits() throws InterruptedException {
        inbox.give("x".repeat(11));

        assertThat(take()).isEqualTo(new Mail.Item<>("x".repeat(11)));
    }

    @Test
    void lagsWhenTooManyBytesWait() throws InterruptedException {
        inbox.give("xxxxxx");
        inbox.give("yyyyyy");

        assertThat(take()).isEqualTo(new Mail.Lagged<>());
    }

    @Test
    void lagsWhenTooManyItemsWait() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            inbox.give("x");
        }

        assertThat(take()).isEqualTo(new Mail.Lagged<>());
    }

    private Mail<String> take() throws InterruptedException {
        return inbox.take(Duration.ZERO);
    }
}
