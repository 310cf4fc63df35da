package dev.millrace.api.live.sse;

import io.smallrye.mutiny.Multi;
import org.jboss.logging.Logger;

/** The events that one client receives, from its connection to its end, on a thread of its own. */
@FunctionalInterface
public interface EventStream {

    /** Sends until the stream ends, which returning does. An exception before the first frame fails the request. */
    void run(Channel out) throws InterruptedException;

    /** Runs once for each subscriber, on a virtual thread. */
    default Multi<Frame> stream(LiveMeters meters) {
        return Multi.createFrom().publisher(client -> {
            Channel out = new Channel(client);
            client.onSubscribe(out);
            Thread.ofVirtual().name("live-client").start(() -> serve(out, meters));
        });
    }

    private void serve(Channel out, LiveMeters meters) {
        meters.connected();
        try {
            run(out);
            out.complete();
        } catch (Channel.Gone gone) {
            Logger.getLogger(EventStream.class).trace("A client of live events is gone.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.complete();
        } catch (RuntimeException failure) {
            out.fail(failure);
        } finally {
            meters.disconnected();
        }
    }
}
