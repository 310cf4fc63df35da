package dev.millrace.worker.outbound.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the operating system, which knows neither time-out nor interruption; so the question gets its own thread. */
public final class SystemResolver implements Resolver {

    private final Duration timeout;

    /**
     * Made once for a client.
     *
     * @param timeout how long one answer may take; more than zero
     */
    public SystemResolver(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
        Thread.ofVirtual().name("resolve").start(lookup);
        try {
            return lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } catch (ExecutionException | TimeoutException e) {
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        var unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
