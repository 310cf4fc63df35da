package dev.millrace.api.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnBellTest {

    private final TurnBell bell = new TurnBell();

    @Test
    void knowsWhetherAnyLivesFromWhatIsCommittedHereAndFromTheLastLook() {
        assertThat(bell.anyLive()).isFalse();
        bell.lives();
        assertThat(bell.anyLive()).isTrue();
        bell.look(() -> false);
        assertThat(bell.anyLive()).isFalse();
        bell.look(() -> true);
        assertThat(bell.anyLive()).isTrue();
    }

    @Test
    void aLookThatBeganBeforeAWorkflowDidDoesNotHideIt() {
        bell.look(() -> {
            bell.lives();
            return false;
        });
        assertThat(bell.anyLive()).isTrue();
    }
}
