package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.live.sse.EventStream;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.live.sse.LiveMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that asks for one frame after the other, and only when the test wants one. */
final class Client implements Flow.Subscriber<Frame> {

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    static Client of(EventStream story, LiveMeters meters) {
        Client client = new Client();
        story.stream(meters).subscribe().withSubscriber(client);
        return client;
    }

    /** The next frame that is not a heartbeat. */
    Frame next() {
        long begun = System.nanoTime();
        Frame frame = nextOfAll();
        while (frame.id() == null) {
            if (System.nanoTime() - begun > RealServers.SOON.toNanos()) {
                throw new AssertionError("Only heartbeats came within " + RealServers.SOON + ".");
            }
            frame = nextOfAll();
        }
        return frame;
    }

    Frame nextOfAll() {
        RealServers.await(subscription).request(1);
        try {
            Frame frame = frames.poll(RealServers.SOON.toSeconds(), TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("No event came within " + RealServers.SOON + ".");
            }
            return frame;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    List<Frame> next(int count) {
        List<Frame> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(next());
        }
        return next;
    }

    /** Whether nothing waits for it; to be asked when others were told already. */
    boolean isSilent() {
        RealServers.await(subscription).request(1);
        return frames.isEmpty();
    }

    void disconnect() {
        RealServers.await(subscription).cancel();
    }

    void assertEnded() {
        assertThat(end).succeedsWithin(RealServers.SOON);
    }

    Class<?> failure() {
        return RealServers.await(end.handle((nothing, failure) -> failure == null ? Void.class : failure.getClass()));
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription.complete(granted);
    }

    @Override
    public void onNext(Frame frame) {
        frames.add(frame);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
