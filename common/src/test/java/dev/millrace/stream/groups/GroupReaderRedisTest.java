package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Speaks version 2 of Redis's protocol, where maps are lists. */
class GroupReaderRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.inOldProtocol();

    private static final String STREAM = "mr:{s0}:told";
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final GroupReader first = new GroupReader(REDIS.link(), STREAM, "api", "one");
    private final GroupReader second = new GroupReader(REDIS.link(), STREAM, "api", "two");

    @Test
    void readsFromTheStartAlsoWhatIsOlderThanItsGroup() {
        EntryId old = add("old");
        assertThat(first.read(10, MOMENT)).extracting(StreamEntry::id).containsExactly(old);
        assertThat(first.read(10, MOMENT)).isEmpty();
    }

    @Test
    void readsAStreamThatDoesNotExistYet() {
        assertThat(first.read(10, MOMENT)).isEmpty();
        add("a");
        assertThat(first.read(10, MOMENT))
                .singleElement()
                .satisfies(entry -> assertThat(entry.fields()).containsEntry("what", "a"));
    }

    @Test
    void givesEachEntryToOneReader() {
        add("a");
        add("b");
        assertThat(first.read(1, MOMENT)).hasSize(1);
        assertThat(second.read(5, MOMENT)).hasSize(1);
    }

    @Test
    void I26_claimsWhatAnotherLeftPendingAndNothingThatWasAcknowledged() {
        EntryId done = add("a");
        EntryId left = add("b");
        first.read(10, MOMENT);
        first.acknowledge(List.of(done));
        first.acknowledge(List.of());
        assertThat(second.claim(10, Duration.ofHours(1))).isEmpty();
        assertThat(second.claim(10, Duration.ZERO)).extracting(StreamEntry::id).containsExactly(left);
        second.acknowledge(List.of(left));
        assertThat(first.claim(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void claimsNoEntryThatWasTrimmed() {
        add("a");
        first.read(10, MOMENT);
        REDIS.ask("XTRIM", STREAM, "MAXLEN", 0);
        assertThat(second.claim(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void I34_waitsOnWhenItsStreamGoesMeanwhile() {
        add("a");
        first.read(10, MOMENT);
        CompletableFuture<List<StreamEntry>> waiting =
                CompletableFuture.supplyAsync(() -> first.read(10, Duration.ofSeconds(10)));
        Awaiting.until(
                "it waits",
                Duration.ofSeconds(10),
                () -> REDIS.get("INFO", "clients").toString().contains("blocked_clients:1"));

        REDIS.ask("DEL", STREAM);
        EntryId added = add("b");

        assertThat(waiting.join()).extracting(StreamEntry::id).containsExactly(added);
    }

    @Test
    void I34_makesItsGroupAgainWhenItIsGone() {
        add("a");
        first.read(10, MOMENT);
        REDIS.ask("XGROUP", "DESTROY", STREAM, "api");
        assertThat(second.claim(10, Duration.ZERO)).isEmpty();
        assertThat(first.read(10, MOMENT)).hasSize(1);
    }

    private static EntryId add(String what) {
        return EntryId.parse(REDIS.get("XADD", STREAM, "*", "what", what).toString());
    }
}
