package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.batch.Unprocessable;
import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entries are numbers; the store is a list that may be away, and that never takes some numbers. */
class StreamConsumerRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final String STREAM = "mr:{s0}:numbers";
    private static final String GROUP = "api";

    private final TestClock clock = new TestClock(Instant.parse("2026-05-05T05:05:05Z"));
    private final List<Integer> store = new ArrayList<>();
    private final Set<Integer> neverTaken = new HashSet<>();
    private final Map<EntryId, String> quarantine = new LinkedHashMap<>();
    private final StreamConsumer<Integer> consumer =
            member("alive").consumer(STREAM, 10, StreamConsumerRedisTest::number);
    private boolean storeAway;
    private boolean quarantineAway;

    @Test
    void I26_acknowledgesAfterTheHandlersCommitAndNotBefore() {
        add("1", "2");

        consumer.consumeOnce(numbers -> {
            assertThat(pending()).isEqualTo(2);
            commit(numbers);
        });

        assertThat(store).containsExactly(1, 2);
        assertThat(pending()).isZero();
    }

    @Test
    void readsWhatIsOlderThanItsGroupInOrderAndInBatches() {
        for (int i = 0; i < 25; i++) {
            add(String.valueOf(i));
        }
        List<Integer> sizes = new ArrayList<>();

        for (int turn = 0; turn < 3; turn++) {
            consumer.consumeOnce(numbers -> {
                sizes.add(numbers.size());
                commit(numbers);
            });
        }

        assertThat(sizes).containsExactly(10, 10, 5);
        assertThat(store).isSorted().hasSize(25);
    }

    @Test
    void callsNobodyWhenNothingCame() {
        consumer.consumeOnce(numbers -> {
            throw new AssertionError(numbers);
        });
    }

    @Test
    void givesTheNextBatchAfterNothingCame() {
        assertThat(consumer.batch()).isEmpty();
        add("1");

        assertThat(consumer.batch()).containsExactly(1);
        assertThat(consumer.batch()).as("until it is done with").containsExactly(1);
        consumer.done();

        assertThat(pending()).isZero();
    }

    @Test
    void I31_keepsTheBatchInHandWhileTheStoreIsAway() {
        add("1", "x", "2");
        storeAway = true;
        assertThatThrownBy(this::consume).hasMessage("The store is away.");
        assertThatThrownBy(this::consume).hasMessage("The store is away.");
        assertThat(pending()).isEqualTo(3);

        storeAway = false;
        consume();

        assertThat(store).containsExactly(1, 2);
        assertThat(quarantine).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void I31_acknowledgesNothingWhileTheQuarantineIsAway() {
        add("1", "x");
        quarantineAway = true;
        assertThatThrownBy(this::consume).hasMessage("The quarantine is away.");
        assertThat(store).isEmpty();
        assertThat(pending()).isEqualTo(2);

        quarantineAway = false;
        consume();

        assertThat(store).containsExactly(1);
        assertThat(quarantine).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void I27_putsAsideWhatCannotBeReadOrStoredAndTheNeighboursGoOnInOrder() {
        List<EntryId> ids = add("1", "x", "2", "13", "3", "", "4");
        neverTaken.add(13);

        consume();

        assertThat(store).containsExactly(1, 2, 3, 4);
        assertThat(quarantine)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ids.get(1),
                        "'x' is no number.",
                        ids.get(3),
                        "13 is never taken.",
                        ids.get(5),
                        "'' is no number."));
        assertThat(pending()).isZero();
    }

    @Test
    void I27_acknowledgesABatchOfWhichNothingCanBeRead() {
        add("x", "y");
        assertThat(consumer.batch()).isEmpty();
        consumer.done();

        assertThat(quarantine).hasSize(2);
        assertThat(pending()).isZero();
    }

    @Test
    void I26_anotherMemberTakesOverAfterADeathBetweenReadAndCommit() {
        List<EntryId> ids = add("1", "2");
        assertThat(member("dead")
                        .consumer(STREAM, 10, StreamConsumerRedisTest::number)
                        .batch())
                .hasSize(2);
        ids.forEach(id -> haveBeenSilentFor(id, Duration.ofSeconds(31)));

        consume();

        assertThat(store).containsExactly(1, 2);
        assertThat(pending()).isZero();
    }

    @Test
    void I26_aDeathBetweenCommitAndAcknowledgementHasItDoneTwiceAndNeverLost() {
        EntryId id = add("1").getFirst();
        commit(member("dead")
                .consumer(STREAM, 10, StreamConsumerRedisTest::number)
                .batch());
        haveBeenSilentFor(id, Duration.ofSeconds(31));

        consume();

        assertThat(store).containsExactly(1, 1);
        assertThat(pending()).isZero();
    }

    @Test
    void looksForTheDeadEveryFiveSecondsAndLeavesTheLivingAlone() {
        consume();
        EntryId id = add("1").getFirst();
        member("dead").consumer(STREAM, 10, StreamConsumerRedisTest::number).batch();
        haveBeenSilentFor(id, Duration.ofSeconds(31));

        clock.advance(Duration.ofSeconds(4));
        consume();
        assertThat(store).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        haveBeenSilentFor(id, Duration.ofSeconds(20));
        consume();
        assertThat(store).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        haveBeenSilentFor(id, Duration.ofSeconds(31));
        consume();
        assertThat(store).containsExactly(1);
    }

    @Test
    void aBatchThatWasAcknowledgedByOtherMeansIsNotGivenAgain() {
        EntryId id = add("1").getFirst();
        assertThat(consumer.batch()).containsExactly(1);
        REDIS.ask("XACK", STREAM, GROUP, id);

        consumer.acknowledged();

        assertThat(consumer.batch()).isEmpty();
    }

    @Test
    void I34_goesOnAfterItsGroupIsGone() {
        add("1");
        consume();
        REDIS.ask("DEL", STREAM);
        add("2");

        consume();

        assertThat(store).containsExactly(1, 2);
    }

    private GroupMember member(String name) {
        return new GroupMember(
                REDIS::link, REDIS.link(), RedisFixture.NAMES, GROUP, name, clock, (stream, bad) -> putAside(bad));
    }

    private static Reading<Integer> number(StreamEntry entry) {
        String text = entry.fields().getOrDefault("number", "");
        try {
            return new Reading.Understood<>(Integer.parseInt(text));
        } catch (NumberFormatException none) {
            return new Reading.Refused<>("'" + text + "' is no number.");
        }
    }

    private void consume() {
        consumer.consumeOnce(this::commit);
    }

    private void commit(List<Integer> numbers) {
        if (storeAway) {
            throw new IllegalStateException("The store is away.");
        }
        for (Integer number : numbers) {
            if (neverTaken.contains(number)) {
                throw new Unprocessable(number + " is never taken.", new IllegalArgumentException());
            }
        }
        store.addAll(numbers);
    }

    private void putAside(List<Unreadable> bad) {
        if (quarantineAway) {
            throw new IllegalStateException("The quarantine is away.");
        }
        bad.forEach(one -> quarantine.put(one.entry().id(), one.why()));
    }

    private static List<EntryId> add(String... numbers) {
        List<EntryId> ids = new ArrayList<>();
        for (String number : numbers) {
            ids.add(EntryId.parse(
                    REDIS.get("XADD", STREAM, "*", "number", number).toString()));
        }
        return ids;
    }

    private static void haveBeenSilentFor(EntryId entry, Duration silence) {
        REDIS.ask("XCLAIM", STREAM, GROUP, "dead", 0, entry, "IDLE", silence.toMillis(), "JUSTID");
    }

    private static long pending() {
        return REDIS.get("XPENDING", STREAM, GROUP).get(0).toLong();
    }
}
