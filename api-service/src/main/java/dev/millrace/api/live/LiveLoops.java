package dev.millrace.api.live;

import dev.millrace.api.base.timeout.Timeouts;
import dev.millrace.api.live.events.CommittedEnds;
import dev.millrace.api.live.events.EndListener;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.live.events.EventEndWaiter;
import dev.millrace.api.live.events.History;
import dev.millrace.api.live.events.LiveEvents;
import dev.millrace.api.live.events.MissedEnds;
import dev.millrace.api.live.events.RecentEvents;
import dev.millrace.api.live.sse.Frames;
import dev.millrace.api.live.sse.LiveMeters;
import dev.millrace.api.record.projection.CommittedEndsListener;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.names.Identity;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Assembles live events, and closes them before and after the loops that drive them. */
@ApplicationScoped
public class LiveLoops {

    /** What the names of the groups of those who watch events begin with. */
    private static final String TAILS = "live-";

    private static final Logger LOG = Logger.getLogger(LiveLoops.class);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);
    private static final int BEFORE_LOOPS_STOP = 1;
    private static final int AFTER_LOOPS_STOPPED = 5000;

    private final String stream;
    private final RedisLink calls;
    private final Tail tail;
    private final LiveContext context;
    private final MissedEnds missedEnds;

    LiveLoops(
            Supplier<RedisLink> links,
            StreamNames names,
            Identity self,
            JobQueries queries,
            Frames frames,
            LongSupplier nanos,
            MeterRegistry registry,
            LiveConfig config) {
        LiveSettings settings = LiveSettings.of(config);
        this.stream = names.events();
        this.calls = links.get();
        this.tail = new Tail(links.get(), stream, TAILS, self.name(), StreamNames.PROJECTION);
        LiveEvents live =
                new LiveEvents(tail, new RecentEvents(settings.recentEvents(), settings.recentBytes()), nanos);
        this.missedEnds = new MissedEnds(live, queries);
        CommittedEnds ends = new CommittedEnds(queries, nanos);
        this.context = new LiveContext(
                live,
                new History(live, calls, stream, settings.searchedEntries()),
                ends,
                new Feed(live, ends, queries, frames),
                queries,
                frames,
                settings,
                new LiveMeters(registry));
    }

    @Produces
    @Singleton
    LiveContext context() {
        return context;
    }

    @Produces
    @Singleton
    LiveMeters meters() {
        return context.meters();
    }

    @Produces
    @Singleton
    EndWaiter endWaiter(Timeouts timeouts) {
        return new EventEndWaiter(context.live(), context.ends(), context.queries(), timeouts);
    }

    @Produces
    @Singleton
    CommittedEndsListener committedEndsListener() {
        return context.ends();
    }

    @Produces
    @Singleton
    EndListener endListener() {
        return ends -> {
            context.ends().committed(ends.keySet());
            ends.forEach(context.live()::publishEnd);
        };
    }

    void start(@Observes StartupEvent starting, Loops loops, Duties duties) {
        duties.start("live-signs", SIGN_OF_LIFE, this::giveSignOfLife);
        loops.start("live-events", context.live()::readOnce);
        loops.start("live-ends", () -> {
            context.ends().lookOnce();
            return Duration.ZERO;
        });
        loops.start("live-unheard-ends", missedEnds::lookOnce);
        loops.start("live-feed", context.feed()::forwardOnce);
    }

    void sendClientsAway(@Observes @Priority(BEFORE_LOOPS_STOP) ShutdownEvent ending) {
        context.ends().close();
        context.feed().close();
        context.live().close();
    }

    void leave(@Observes @Priority(AFTER_LOOPS_STOPPED) ShutdownEvent ending) {
        try {
            tail.close();
        } catch (StreamsUnavailable away) {
            LOG.infof("Redis is away; another instance removes this one's group of readers in 10 minutes.");
        }
    }

    private void giveSignOfLife() {
        tail.signOfLife(calls);
        tail.reap(calls);
    }
}
