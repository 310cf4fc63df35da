package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlAction.PoolChange;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Reading.Refused;
import dev.millrace.stream.entries.Reading.Understood;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlCodecTest {

    private static final QueueName MAIL = new QueueName("mail");
    private static final Duration WITHIN = Duration.ofSeconds(4);

    @Test
    void readsEveryCommandThatItWrote() {
        List<ControlAction> actions = List.of(
                new Ping(),
                new Drain(),
                new Resume(),
                new Shutdown(),
                new Pool(PoolChange.GROW, 2, Optional.empty()),
                new Pool(PoolChange.SET, 1_000, Optional.of(MAIL)),
                new Serve(MAIL),
                new Leave(MAIL));

        assertThat(actions).allSatisfy(action -> {
            ControlCommand command = new ControlCommand(Set.of("w2", "w1"), action, WITHIN);
            assertThat(ControlCodec.command(ControlCodec.encode(command))).isEqualTo(new Understood<>(command));
        });
    }

    @Test
    void readsRepliesOfWorkersAndOfOthers() {
        Beat beat = new Beat("w1", State.DRAINING, 1.5, 1_000, Map.of(MAIL, new Load(4, 2, 3)), 1);
        for (Optional<Beat> state : List.of(Optional.of(beat), Optional.<Beat>empty())) {
            ControlReply reply = new ControlReply(new EntryId(7, 1), "w1", Outcome.REFUSED, "It is stopping.", state);
            assertThat(ControlCodec.reply(ControlCodec.encode(reply))).isEqualTo(new Understood<>(reply));
        }
    }

    @Test
    void refusesWhatItDoesNotKnowAndSaysWhy() {
        Map<String, String> other = fields();
        other.put("kind", "dance");
        Map<String, String> nobody = fields();
        nobody.put("to", "");
        Map<String, String> never = fields();
        never.put("withinMillis", "0");

        assertThat(ControlCodec.command(other))
                .isEqualTo(new Refused<>(
                        "Unknown kind of command (known: ping, drain, resume, shutdown, pool, serve, leave)."));
        assertThat(ControlCodec.command(nobody)).isInstanceOf(Refused.class);
        assertThat(ControlCodec.command(never)).isInstanceOf(Refused.class);
        assertThat(ControlCodec.reply(Map.of("command", "1-1"))).isEqualTo(new Refused<>("Field 'from' is missing."));
    }

    @Test
    void aNumberOfSlotsIsOneToAThousand() {
        for (int wrong : List.of(0, -1, 1_001)) {
            assertThatThrownBy(() -> new Pool(PoolChange.SET, wrong, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 1000, not " + wrong);
        }
    }

    private static Map<String, String> fields() {
        return new HashMap<>(ControlCodec.encode(new ControlCommand(Set.of("w1"), new Ping(), WITHIN)));
    }
}
