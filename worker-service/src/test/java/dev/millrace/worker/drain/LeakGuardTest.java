package dev.millrace.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeakGuardTest {

    private final AtomicInteger leaked = new AtomicInteger();
    private final List<Integer> exits = new ArrayList<>();
    private final LeakGuard guard = new LeakGuard(leaked::get, () -> 20, exits::add);

    @Test
    void staysWhileATenthOfItsSlotsIsLeaked() {
        leaked.set(2);
        guard.lookOnce();
        assertThat(exits).isEmpty();
    }

    @Test
    void exitsOnceWhenMoreAreLeaked() {
        leaked.set(3);
        guard.lookOnce();
        guard.lookOnce();
        assertThat(exits).containsExactly(86);
    }
}
