package dev.millrace.stream.control;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.ControlCodec;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reads commands as one process, in a group of its own, and has those obeyed that name it and are not too old. A command is
 * obeyed once at most; if its reply is lost, so is the knowledge that it was. Needs a link of its own, since it blocks; for one
 * thread.
 */
public final class ControlReader {

    private static final int BATCH = 100;
    private static final Duration BLOCK = Duration.ofSeconds(1);

    /** Redis before 7.2 does not note when somebody asked for new entries in vain; it does for the reader's own. */
    private static final int TURNS_UNSEEN = 20;

    private static final Logger LOG = Logger.getLogger(ControlReader.class);

    private final RedisLink link;
    private final String id;
    private final String group;
    private final GroupReader reader;
    private final RedisTime clock;
    private int turns;
    private boolean unsure;
    private EntryId last = EntryId.ZERO;

    /** What became of an action. */
    public record Obeyed(Outcome outcome, String detail, Optional<Beat> state, Runnable behindTheReply) {

        public static Obeyed done(String detail, Optional<Beat> state) {
            return new Obeyed(Outcome.DONE, detail, state, () -> {});
        }

        public static Obeyed refused(String detail, Optional<Beat> state) {
            return new Obeyed(Outcome.REFUSED, detail, state, () -> {});
        }

        /** With something that is to be done only when the reply was written: the process may end by it. */
        public Obeyed then(Runnable next) {
            return new Obeyed(outcome, detail, state, next);
        }
    }

    /** Obeys one action, or refuses it. Returns soon: while it is at work no other command is read. */
    @FunctionalInterface
    public interface Member {
        Obeyed obey(ControlAction action);
    }

    /** @param id of this process, which no other has and none had before */
    public ControlReader(RedisLink link, MemberKind kind, String id) {
        this.link = link;
        this.id = id;
        this.group = kind.group(id);
        this.reader = new GroupReader(link, StreamNames.control(), group, id);
        this.clock = new RedisTime(link);
    }

    /** Waits up to a second for commands. What a failed turn was given, or may have been given, the next one looks at first. */
    public Duration obeyOnce(Member member) {
        List<StreamEntry> given = given();
        unsure = true;
        List<Runnable> next = given.isEmpty() ? List.of() : obey(given, member);
        reader.acknowledge(given.stream().map(StreamEntry::id).toList());
        unsure = false;
        next.forEach(Runnable::run);
        return Duration.ZERO;
    }

    private List<StreamEntry> given() {
        boolean toBeSeen = turns++ % TURNS_UNSEEN == 0;
        List<StreamEntry> own = unsure || toBeSeen ? reader.own(BATCH) : List.of();
        return own.isEmpty() ? reader.read(BATCH, BLOCK) : own;
    }

    private List<Runnable> obey(List<StreamEntry> given, Member member) {
        Instant now = clock.now();
        List<Runnable> next = new ArrayList<>();
        for (StreamEntry entry : given) {
            boolean isNew = entry.id().compareTo(last) > 0;
            if (isNew) {
                last = entry.id();
                command(entry, now).ifPresent(command -> next.add(obey(entry.id(), command, member)));
            }
        }
        return next;
    }

    /** What is meant for this process and still worth obeying. */
    private Optional<ControlCommand> command(StreamEntry entry, Instant now) {
        return switch (ControlCodec.command(entry.fields())) {
            case Reading.Understood<ControlCommand>(ControlCommand command) ->
                Optional.of(command).filter(one -> one.to().contains(id)).filter(one -> isInTime(entry.id(), one, now));
            case Reading.Refused<ControlCommand>(String why) -> {
                LOG.warnf("A command cannot be read, and is passed over: %s", why);
                yield Optional.empty();
            }
        };
    }

    private static boolean isInTime(EntryId at, ControlCommand command, Instant now) {
        boolean inTime = now.toEpochMilli() - at.millis() <= command.within().toMillis();
        if (!inTime) {
            LOG.infof("Came too late to a command to %s, which is not obeyed.", ControlCodec.kind(command.action()));
        }
        return inTime;
    }

    private Runnable obey(EntryId at, ControlCommand command, Member member) {
        Obeyed obeyed = member.obey(command.action());
        LOG.infof(
                "Was told to %s: %s (%s).",
                ControlCodec.kind(command.action()), obeyed.outcome().label(), obeyed.detail());
        link.call(ControlStream.reply(new ControlReply(at, id, obeyed.outcome(), obeyed.detail(), obeyed.state())));
        return obeyed.behindTheReply();
    }

    /** Removes the group and closes the link: nobody here replies to what is asked from then on. To be called when nothing reads any more. */
    public void leave() {
        try {
            link.call(Requests.of(Command.XGROUP, "DESTROY", StreamNames.control(), group));
        } finally {
            link.close();
        }
    }
}
