package dev.millrace.api.live;

import io.smallrye.mutiny.Multi;
import org.jboss.logging.Logger;

/** What one client is told, from its connection to its end, on a thread of its own. */
@FunctionalInterface
interface EventStream {

    /** Ends the stream by returning. What it throws before it sent anything fails the stream. */
    void tell(Channel out) throws InterruptedException;

    /** Told once to each subscriber, on a virtual thread. */
    default Multi<Frame> stream(LiveMeters meters) {
        return Multi.createFrom().publisher(client -> {
            Channel out = new Channel(client);
            client.onSubscribe(out);
            Thread.ofVirtual().name("live-client").start(() -> run(out, meters));
        });
    }

    private void run(Channel out, LiveMeters meters) {
        meters.came();
        try {
            tell(out);
            out.complete();
        } catch (Channel.Gone gone) {
            Logger.getLogger(EventStream.class).trace("A client of live events is gone.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.complete();
        } catch (RuntimeException failure) {
            out.fail(failure);
        } finally {
            meters.left();
        }
    }
}
