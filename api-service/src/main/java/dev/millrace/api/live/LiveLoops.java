package dev.millrace.api.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.base.instance.Instance;
import dev.millrace.api.record.projection.CommittedEndsListener;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
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
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Puts the live side together, and ends it before and after the loops that drive it. */
@ApplicationScoped
public class LiveLoops {

    private static final Logger LOG = Logger.getLogger(LiveLoops.class);
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(20);
    private static final int BEFORE_LOOPS_STOP = 1;
    private static final int AFTER_LOOPS_STOPPED = 5000;

    private final String stream;
    private final RedisLink calls;
    private final Tail tail;
    private final LiveContext streams;
    private final MissedEnds unheard;

    LiveLoops(
            Supplier<RedisLink> links,
            StreamNames names,
            Instance instance,
            JobQueries queries,
            ObjectMapper json,
            InstantSource clock,
            LongSupplier nanos,
            MeterRegistry registry,
            LiveConfig config) {
        LiveConfig.check(config);
        this.stream = names.events();
        this.calls = links.get();
        this.tail = new Tail(links.get(), stream, instance.name());
        LiveEvents live = new LiveEvents(tail, new RecentEvents(config.recentEvents(), config.recentBytes()));
        this.unheard = new MissedEnds(live, queries);
        CommittedEnds ends = new CommittedEnds(queries, nanos);
        Frames frames = new Frames(json, clock);
        this.streams = new LiveContext(
                live,
                new History(live, calls, stream, config.searchedEntries()),
                ends,
                new Feed(live, ends, queries, frames),
                queries,
                frames,
                config,
                new LiveMeters(registry));
    }

    @Produces
    @Singleton
    LiveContext streams() {
        return streams;
    }

    @Produces
    @Singleton
    EndWaiter endWaiter() {
        return new EndWaiter(streams.live(), streams.ends(), streams.queries());
    }

    @Produces
    @Singleton
    CommittedEndsListener committedEndsListener() {
        return streams.ends()::committed;
    }

    @Produces
    @Singleton
    EndListener recordedEnds() {
        return ends -> {
            streams.ends().committed(ends.keySet());
            ends.forEach(streams.live()::tellEnd);
        };
    }

    void start(@Observes StartupEvent starting, Loops loops, Duties duties) {
        duties.start("live-signs", BETWEEN_SIGNS, this::giveSigns);
        loops.start("live-events", () -> {
            streams.live().readOnce();
            return Duration.ZERO;
        });
        loops.start("live-ends", () -> {
            streams.ends().lookOnce();
            return Duration.ZERO;
        });
        loops.start("live-unheard-ends", unheard::lookOnce);
        loops.start("live-feed", () -> {
            streams.feed().forwardOnce();
            return Duration.ZERO;
        });
    }

    void sendClientsAway(@Observes @Priority(BEFORE_LOOPS_STOP) ShutdownEvent ending) {
        streams.ends().close();
        streams.feed().close();
        streams.live().close();
    }

    void leave(@Observes @Priority(AFTER_LOOPS_STOPPED) ShutdownEvent ending) {
        try {
            tail.close();
        } catch (StreamsUnavailable away) {
            LOG.infof("Redis is away; another instance removes this one's group of readers in 10 minutes.");
        }
    }

    private void giveSigns() {
        tail.signOfLife(calls);
        Tail.reap(calls, stream);
    }
}
