package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.Tail.Batch;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.testkit.RedisFixture;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TailRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final String STREAM = "mr:{s0}:told";
    private static final String LEADER = "recorder";
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final RedisLink link = REDIS.link();
    private final Tail tail = new Tail(link, STREAM, "live-", "one", LEADER);

    @BeforeEach
    void joined() {
        add("before");
        assertThat(read()).isEqualTo(new Batch(List.of(), false));
    }

    @Test
    void readsWhatIsWrittenAfterItJoined() {
        EntryId first = add("a");
        EntryId second = add("b");
        Batch batch = read();
        assertThat(batch.entries()).extracting(StreamEntry::id).containsExactly(first, second);
        assertThat(batch.reset()).isFalse();
        assertThat(tail.position()).isEqualTo(second);
        assertThat(read().entries()).isEmpty();
    }

    @Test
    void joinsBehindWhatItsLeaderHasAcknowledgedAndAgainWhenItRejoins() {
        link.call(Requests.of(Command.XGROUP, "CREATE", STREAM, LEADER, "0"));
        EntryId acknowledged = add("a");
        EntryId pending = add("b");
        EntryId untold = add("c");
        link.call(Requests.of(Command.XREADGROUP, "GROUP", LEADER, "x", "COUNT", 3, "STREAMS", STREAM, ">"));
        List<StreamEntry> given = Tail.range(link, STREAM, EntryId.ZERO, pending, 10);
        given.stream()
                .map(StreamEntry::id)
                .filter(id -> id.compareTo(pending) < 0)
                .forEach(id -> link.call(Requests.of(Command.XACK, STREAM, LEADER, id)));

        tail.rejoin();

        Batch batch = read();
        assertThat(acknowledged).isLessThan(pending);
        assertThat(batch.entries()).extracting(StreamEntry::id).containsExactly(pending, untold);
        assertThat(batch.reset()).isFalse();
    }

    @Test
    void letsEveryInstanceSeeEveryEntry() {
        Tail other = new Tail(REDIS.link(), STREAM, "live-", "two", LEADER);
        other.read(10, MOMENT);
        add("a");
        assertThat(read().entries()).hasSize(1);
        assertThat(other.read(10, MOMENT).entries()).hasSize(1);
    }

    @Test
    void I28_goesOnWithoutGapOrRepeatWhenItsConnectionsAreKilled() {
        List<EntryId> written = new ArrayList<>();
        List<EntryId> seen = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            written.add(add("a" + round));
            killConnection();
            written.add(add("b" + round));
            for (int reads = 0; seen.size() < written.size() && reads < 5; reads++) {
                seen.addAll(readAgain());
            }
        }
        assertThat(seen).isEqualTo(written);
    }

    @Test
    void I28_saysResetWhenItsGroupIsGone() {
        add("a");
        REDIS.ask("XGROUP", "DESTROY", STREAM, "live-one");
        Batch batch = read();
        assertThat(batch).isEqualTo(new Batch(List.of(), true));
        EntryId next = add("b");
        assertThat(read())
                .returns(false, Batch::reset)
                .satisfies(later ->
                        assertThat(later.entries()).extracting(StreamEntry::id).containsExactly(next));
    }

    @Test
    void I28_saysResetWhenTheDataAreLost() {
        add("a");
        read();
        REDIS.ask("FLUSHALL");
        assertThat(read().reset()).isTrue();
        add("b");
        assertThat(read().entries()).hasSize(1);
    }

    @Test
    void I28_stillSaysResetWhenTheReadThatFoundItOutFails() {
        add("a");
        read();
        REDIS.ask("XGROUP", "DESTROY", STREAM, "live-one");
        failToRead();
        failToRead();
        assertThat(read().reset()).isTrue();
        assertThat(read().reset()).isFalse();
    }

    @Test
    void I28_saysResetWhenTheStreamWasTrimmedPastItWhileItWasAway() {
        add("a");
        read();
        failToRead();
        add("b");
        add("c");
        REDIS.ask("XTRIM", STREAM, "MAXLEN", 1);
        assertThat(read().reset()).isTrue();
    }

    @Test
    void rangesOverWhatIsStillThere() {
        EntryId first = add("a");
        EntryId second = add("b");
        EntryId third = add("c");
        assertThat(Tail.range(link, STREAM, first, third, 10))
                .extracting(StreamEntry::id)
                .containsExactly(second, third);
        assertThat(Tail.range(link, STREAM, first, third, 1))
                .extracting(StreamEntry::id)
                .containsExactly(second);
    }

    @Test
    void reapsTheGroupsOfInstancesThatGaveNoSignOfLife() {
        new Tail(REDIS.link(), STREAM, "live-", "dead", LEADER).read(1, MOMENT);
        REDIS.ask("DEL", STREAM + ":live-dead");
        REDIS.ask("XGROUP", "CREATE", STREAM, "projection", 0);
        assertThat(tail.reap(link)).isEqualTo(1);
        assertThat(groups()).contains("live-one", "projection").doesNotContain("live-dead");
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() {
        tail.close();
        assertThat(groups()).doesNotContain("live-one");
        assertThat(REDIS.get("EXISTS", STREAM + ":live-one").toInteger()).isZero();
    }

    private Batch read() {
        return tail.read(10, MOMENT);
    }

    private List<EntryId> readAgain() {
        try {
            return read().entries().stream().map(StreamEntry::id).toList();
        } catch (StreamsUnavailable killed) {
            return List.of();
        }
    }

    /** Redis refuses to wait for a negative time. */
    private void failToRead() {
        assertThatThrownBy(() -> tail.read(10, Duration.ofMillis(-1))).isInstanceOf(StreamsUnavailable.class);
    }

    private void killConnection() {
        REDIS.ask("CLIENT", "KILL", "ID", String.valueOf(link.call(Requests.of(Command.CLIENT, "ID"))));
    }

    private static EntryId add(String what) {
        return EntryId.parse(REDIS.get("XADD", STREAM, "*", "what", what).toString());
    }

    private static String groups() {
        return REDIS.get("XINFO", "GROUPS", STREAM).toString();
    }
}
