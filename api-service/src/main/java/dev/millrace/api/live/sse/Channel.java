package dev.millrace.api.live.sse;

import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The way to one client for a thread that may wait: {@link #send} returns when the client's connection has room. For
 * one sending thread.
 */
public final class Channel implements Flow.Subscription {

    /** The client is gone. */
    public static final class Gone extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Gone() {
            super("The client is gone.", null, false, false);
        }
    }

    private static final Logger LOG = Logger.getLogger(Channel.class);
    private static final int MOST_ASKED = 1 << 20;

    private final Flow.Subscriber<? super Frame> client;
    private final Semaphore asked = new Semaphore(0);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Runnable whenGone = () -> {};
    private volatile boolean gone;
    private boolean begun;

    Channel(Flow.Subscriber<? super Frame> client) {
        this.client = client;
    }

    /** Is called on any thread, at once if the client is gone already. */
    public void whenGone(Runnable action) {
        whenGone = action;
        if (gone) {
            action.run();
        }
    }

    /** Throws {@link Gone} when there is nobody to send to. */
    public void send(Frame frame) throws InterruptedException {
        asked.acquire();
        if (gone || over.get()) {
            throw new Gone();
        }
        begun = true;
        client.onNext(frame);
    }

    void complete() {
        if (!gone && over.compareAndSet(false, true)) {
            client.onComplete();
        }
    }

    /** Answers the request with the failure; once something was sent, the stream just ends, and the client comes back. */
    void fail(Throwable failure) {
        if (begun) {
            LOG.warn("A stream of live events failed; its client comes back and resumes.", failure);
            complete();
        } else if (!gone && over.compareAndSet(false, true)) {
            client.onError(failure);
        }
    }

    @Override
    public void request(long frames) {
        if (asked.availablePermits() < MOST_ASKED) {
            asked.release((int) Math.min(frames, MOST_ASKED));
        }
    }

    @Override
    public void cancel() {
        gone = true;
        asked.release();
        whenGone.run();
    }
}
