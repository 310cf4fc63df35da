package dev.millrace.stream.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.job.EntryId;
import dev.millrace.loop.Loop;
import dev.millrace.stream.control.ControlMembers.Member;
import dev.millrace.stream.control.ControlReader.Obeyed;
import dev.millrace.stream.control.ControlStream.Replied;
import dev.millrace.stream.entries.ControlCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that read commands on a real Redis, each in its own loop. */
class ControlRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final Duration TURN = Duration.ofMillis(200);

    private final List<Loop> loops = new ArrayList<>();
    private final ControlStream asker = new ControlStream(REDIS.link());
    private final ControlMembers members = new ControlMembers(REDIS.link());

    /** A process, and what it was told to do. */
    private final class Told {

        final List<ControlAction> obeyed = new CopyOnWriteArrayList<>();
        final ControlReader reader;

        Told(String id) {
            reader = new ControlReader(REDIS.link(), MemberKind.WORKER, id);
        }

        Told live() {
            loops.add(Loop.start(
                    "control",
                    () -> reader.obeyOnce(action -> {
                        obeyed.add(action);
                        return Obeyed.done("Done.", Optional.empty());
                    }),
                    Duration.ofMillis(50),
                    System::nanoTime));
            return this;
        }
    }

    @AfterEach
    void stop() {
        loops.forEach(loop -> loop.stop(Duration.ofSeconds(2)));
    }

    private EntryId ask(ControlAction action, String... to) {
        return asker.ask(new ControlCommand(Set.of(to), action, WITHIN));
    }

    /** From those who replied to this command, once there are so many. */
    private List<String> heard(EntryId command, int replies) {
        List<String> from = new ArrayList<>();
        Awaiting.until(replies + " replies", () -> {
            asker.hear(TURN).stream()
                    .map(Replied::reply)
                    .filter(reply -> reply.command().equals(command))
                    .map(ControlReply::from)
                    .forEach(from::add);
            return from.size() >= replies;
        });
        return from;
    }

    @Test
    void thoseObeyAndReplyWhoAreMeantAndNobodyElse() {
        Told one = new Told("w1").live();
        Told two = new Told("w2").live();
        Told three = new Told("w3").live();

        EntryId command = ask(new Drain(), "w1", "w2");

        assertThat(heard(command, 2)).containsExactlyInAnyOrder("w1", "w2");
        EntryId last = ask(new Ping(), "w1", "w2", "w3");
        assertThat(heard(last, 3)).containsExactlyInAnyOrder("w1", "w2", "w3");
        assertThat(one.obeyed).containsExactly(new Drain(), new Ping());
        assertThat(two.obeyed).containsExactly(new Drain(), new Ping());
        assertThat(three.obeyed).containsExactly(new Ping());
    }

    @Test
    void whoDoesNotReadIsNotHeardOfAndKeepsNoOtherFromReplying() {
        new Told("w1").live();

        EntryId command = ask(new Ping(), "w1", "silent");

        assertThat(heard(command, 1)).containsExactly("w1");
        assertThat(asker.hear(TURN)).isEmpty();
    }

    @Test
    void isReadAndRepliedToWhenRedisWasEmptiedMeanwhile() {
        Told process = new Told("w1").live();
        heard(ask(new Ping(), "w1"), 1);

        REDIS.empty();
        EntryId command = ask(new Drain(), "w1");

        assertThat(heard(command, 1)).containsExactly("w1");
        assertThat(process.obeyed).containsExactly(new Ping(), new Drain());
    }

    @Test
    void isObeyedOnceAlsoWhereItsGroupWasRemovedAndMadeAnew() {
        Told process = new Told("w1").live();
        heard(ask(new Drain(), "w1"), 1);

        REDIS.get("XGROUP", "DESTROY", StreamNames.control(), "worker:w1");
        heard(ask(new Ping(), "w1"), 1);

        assertThat(process.obeyed).containsExactly(new Drain(), new Ping());
    }

    @Test
    void whoComesTooLateDoesNotObey() {
        long now = Long.parseLong(REDIS.get("TIME").get(0).toString()) * 1_000;
        List<Object> late = new ArrayList<>(List.of(StreamNames.control(), (now - 20_000) + "-0"));
        ControlCodec.encode(new ControlCommand(Set.of("w1"), new Drain(), WITHIN))
                .forEach((name, value) -> {
                    late.add(name);
                    late.add(value);
                });
        REDIS.get("XADD", late.toArray());
        Told process = new Told("w1").live();

        heard(ask(new Ping(), "w1"), 1);

        assertThat(process.obeyed).containsExactly(new Ping());
    }

    @Test
    void passesOverWhatCannotBeRead() {
        Told process = new Told("w1").live();
        REDIS.get("XADD", StreamNames.control(), "*", "kind", "nonsense", "to", "w1", "withinMillis", "1000");
        REDIS.get("XADD", StreamNames.controlReplies(), "*", "from", "nobody");

        assertThat(heard(ask(new Ping(), "w1"), 1)).containsExactly("w1");
        assertThat(process.obeyed).containsExactly(new Ping());
    }

    @Test
    void whatABrokenObedienceWasGivenIsNotGivenAgain() {
        Told process = new Told("w1");
        ask(new Drain(), "w1");
        assertThatThrownBy(() -> process.reader.obeyOnce(action -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        process.live();

        heard(ask(new Ping(), "w1"), 1);

        assertThat(process.obeyed).containsExactly(new Ping());
        Awaiting.until("nothing is in its hands", () -> pending() == 0);
    }

    private static long pending() {
        return REDIS.get("XPENDING", StreamNames.control(), "worker:w1").get(0).toLong();
    }

    @Test
    void doesWhatIsToBeDoneBehindTheReplyBehindIt() {
        Told process = new Told("w1");
        List<Long> repliesSeen = new ArrayList<>();
        ask(new Drain(), "w1");

        process.reader.obeyOnce(action -> Obeyed.done("Done.", Optional.empty())
                .then(() -> repliesSeen.add(
                        REDIS.get("XLEN", StreamNames.controlReplies()).toLong())));

        assertThat(repliesSeen).containsExactly(1L);
    }

    @Test
    void knowsWhoReadsUntilTheyLeave() {
        Told process = new Told("w1").live();
        heard(ask(new Ping(), "w1"), 1);
        assertThat(members.living(MemberKind.WORKER)).extracting(Member::id).containsExactly("w1");
        assertThat(members.living(MemberKind.SCHEDULER)).isEmpty();

        stop();
        process.reader.leave();

        assertThat(members.living(MemberKind.WORKER)).isEmpty();
    }

    @Test
    void removesWhatIsOldAndTheGroupsOfThoseWhoNeverCameBack() {
        new Told("w1").live();
        long now = Long.parseLong(REDIS.get("TIME").get(0).toString()) * 1_000;
        for (int old = 1; old <= 300; old++) {
            REDIS.get("XADD", StreamNames.controlReplies(), (now - 3_600_000) + "-" + old, "from", "w1");
        }
        heard(ask(new Ping(), "w1"), 1);
        REDIS.get("XGROUP", "CREATE", StreamNames.control(), "worker:dead", "0");

        members.keepUpOnce();

        assertThat(members.living(MemberKind.WORKER)).extracting(Member::id).containsExactly("w1");
        assertThat(REDIS.get("XINFO", "GROUPS", StreamNames.control()).size()).isEqualTo(1);
        assertThat(REDIS.get("XLEN", StreamNames.controlReplies()).toLong()).isLessThan(300);
    }
}
