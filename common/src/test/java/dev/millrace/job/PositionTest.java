package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Position.Rank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PositionTest {

    private static final List<Position> RISING = List.of(
            Position.ZERO,
            position(0, 1, 0, Rank.QUEUED, "5-0"),
            position(0, 1, 1, Rank.STARTED, "1-0"),
            position(0, 1, 1, Rank.STARTED, "1-1"),
            position(0, 1, 1, Rank.DEFERRED, "0-1"),
            position(0, 1, 1, Rank.ENDED, "0-1"),
            position(0, 1, 65_535, Rank.QUEUED, "0-1"),
            position(0, 2, 0, Rank.QUEUED, "0-1"),
            position(0, 4_294_967_295L, 0, Rank.QUEUED, "0-1"),
            position(1, 1, 0, Rank.QUEUED, "0-1"),
            position(32_767, 4_294_967_295L, 65_535, Rank.ENDED, "18446744073709551615-18446744073709551615"));

    @Test
    void epochOutweighsRunOutweighsDeliveryOutweighsRankOutweighsTheEvent() {
        assertThat(RISING).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void packsIntoBytesInTheSameOrder() {
        for (Position one : RISING) {
            assertThat(Position.unpack(one.packed())).isEqualTo(one);
            for (Position other : RISING) {
                assertThat(Integer.signum(Arrays.compareUnsigned(one.packed(), other.packed())))
                        .as("%s to %s", one, other)
                        .isEqualTo(Integer.signum(one.compareTo(other)));
            }
        }
        assertThat(Position.ZERO.packed()).hasSize(25);
    }

    @Test
    void packsTokensIntoLongsInTheSameOrder() {
        SplittableRandom random = new SplittableRandom(3);
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tokens.add(new Token(random.nextInt(1 << 15), random.nextLong(1L << 32), random.nextInt(1 << 16)));
        }
        tokens.forEach(one -> assertThat(Token.unpack(one.packed())).isEqualTo(one));
        tokens.sort(null);
        assertThat(tokens.stream().map(Token::packed)).isSorted();
    }

    @Test
    void refusesTokensOutOfRange() {
        assertThatThrownBy(() -> new Token(32_768, 1, 1)).hasMessageContaining("epoch 32768");
        assertThatThrownBy(() -> new Token(1, 4_294_967_296L, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Token(1, 1, 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Token(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsEntryIdsAndRefusesOtherTexts() {
        assertThat(EntryId.parse("1700000000000-3")).isEqualTo(new EntryId(1_700_000_000_000L, 3));
        assertThat(EntryId.parse("18446744073709551615-0")).isGreaterThan(EntryId.parse("1-1"));
        for (String text : List.of("", "-", "1", "-1", "1-", "a-b", "1-2-3")) {
            assertThatThrownBy(() -> EntryId.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Position position(int epoch, long run, int delivery, Rank rank, String event) {
        return new Position(new Token(epoch, run, delivery), rank, EntryId.parse(event));
    }
}
