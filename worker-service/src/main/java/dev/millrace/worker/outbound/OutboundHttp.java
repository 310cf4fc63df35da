package dev.millrace.worker.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpException;

/**
 * Sends the requests of tasks; the one HTTP client they may use. Safe for use by many threads.
 *
 * <p>Every hop must be http or https, to an allowed port, to a host all of whose addresses are allowed; it is connected
 * to the very addresses that were checked. Redirects are followed up to a limit, never from https to http, and without
 * credentials once the origin changes: 303 turns every method but HEAD into GET, 301 and 302 turn POST into GET, and
 * what would carry a body to another origin is refused. Nothing is sent twice to make up for a failure. Proxies of the
 * environment are not used, nothing is cached, no cookie is kept.
 *
 * <p>It blocks its thread. Interrupting a virtual thread that waits here ends the fetch with {@link OutboundFailed} and
 * leaves the thread interrupted.
 */
public final class OutboundHttp {

    private static final int OK = 200;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OutboundLimits limits;
    private final AddressPolicy policy;
    private final Resolver resolver;
    private final Dialer dialer;
    private final InstantSource clock;

    /**
     * Made once for a worker.
     *
     * @throws IllegalArgumentException if the configuration contradicts itself; the message names the key
     */
    public OutboundHttp(OutboundConfig config, Resolver resolver, SSLSocketFactory tls, InstantSource clock) {
        this.limits = OutboundLimits.of(config);
        this.policy = AddressPolicy.of(config);
        this.resolver = resolver;
        this.dialer = new Dialer(limits, tls);
        this.clock = clock;
    }

    /**
     * Fetches a document; its body is read by the caller, who closes it.
     *
     * @throws OutboundRefused if a rule forbids the URL, a redirect, or the announced size
     * @throws OutboundFailed if the network fails, time runs out, or the final status is not 200
     */
    public OutboundResponse get(OutboundRequest request) throws OutboundException {
        return send(request, status -> status == OK);
    }

    /**
     * Sends a request; the body of its answer is read by the caller, who closes it.
     *
     * @param accepted the statuses of answers to return; a redirect among them is returned, not followed
     * @throws OutboundRefused if a rule forbids the URL, a redirect, or the announced size
     * @throws OutboundFailed if the network fails, time runs out, or the final status is not accepted
     */
    public OutboundResponse send(OutboundRequest request, IntPredicate accepted) throws OutboundException {
        RequestDeadline deadline = deadline(request);
        Connection connection = follow(request, accepted, deadline);
        try {
            requireAccepted(connection, accepted);
            return new OutboundResponse(connection, body(connection, request, deadline));
        } catch (OutboundException e) {
            close(connection);
            throw e;
        }
    }

    private RequestDeadline deadline(OutboundRequest request) {
        Instant own = clock.instant().plus(request.timeout().orElse(limits.totalTimeout()));
        return new RequestDeadline(clock, own.isBefore(request.deadline()) ? own : request.deadline());
    }

    private Connection follow(OutboundRequest request, IntPredicate accepted, RequestDeadline deadline)
            throws OutboundException {
        OutboundRequest current = request;
        Target target = Target.parse(request.url());
        Connection answer = exchange(current, target, deadline);
        for (int redirects = 0; redirects(answer, accepted); redirects++) {
            close(answer);
            Target next = next(answer, redirects);
            current = current.redirected(answer.status());
            current = next.hasOriginOf(target) ? current : fitForStrangers(current, target);
            target = next;
            answer = exchange(current, target, deadline);
        }
        return answer;
    }

    private static boolean redirects(Connection answer, IntPredicate accepted) {
        return REDIRECTS.contains(answer.status()) && !accepted.test(answer.status());
    }

    private static OutboundRequest fitForStrangers(OutboundRequest request, Target target) throws OutboundRefused {
        if (request.body().isPresent()) {
            throw new OutboundRefused(
                    "%s redirects a request with a body to another origin: not sent there.".formatted(target));
        }
        return request.withoutCredentials();
    }

    private Connection exchange(OutboundRequest request, Target target, RequestDeadline deadline)
            throws OutboundException {
        List<InetAddress> addresses = check(target, deadline);
        try {
            return Connection.send(target, request, dialer.dial(target, addresses, deadline));
        } catch (IOException | HttpException e) {
            throw Failures.explain(e, "fetching " + target, deadline);
        }
    }

    private List<InetAddress> check(Target target, RequestDeadline deadline) throws OutboundException {
        if (!limits.allowsPort(target.port())) {
            throw new OutboundRefused(
                    "Port %d of %s is not allowed; millrace.worker.outbound.ports lists those that are."
                            .formatted(target.port(), target.host()));
        }
        List<InetAddress> addresses = resolve(target, deadline);
        for (InetAddress address : addresses) {
            refuseForbidden(target, address);
        }
        return addresses;
    }

    private List<InetAddress> resolve(Target target, RequestDeadline deadline) throws OutboundException {
        try {
            List<InetAddress> addresses =
                    target.isAddress() ? List.of(target.address()) : List.copyOf(resolver.resolve(target.host()));
            if (addresses.isEmpty()) {
                throw new UnknownHostException(target.host());
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw Failures.explain(e, "looking up " + target.host(), deadline);
        }
    }

    private void refuseForbidden(Target target, InetAddress address) throws OutboundRefused {
        var block = policy.forbids(address);
        if (block.isPresent()) {
            throw new OutboundRefused(
                    "%s is not fetched: an address of its host lies in %s, which is not public. Addresses that tasks may reach nevertheless are listed in millrace.worker.outbound.allow-addresses."
                            .formatted(target, block.get()));
        }
    }

    private Target next(Connection answer, int redirects) throws OutboundException {
        if (redirects >= limits.maxRedirects()) {
            throw new OutboundRefused(
                    "%s redirects once more after %d redirects: not followed.".formatted(answer.target(), redirects));
        }
        Target next = Target.parse(location(answer));
        if (answer.target().secure() && !next.secure()) {
            throw new OutboundRefused("%s redirects from https to http: not followed.".formatted(answer.target()));
        }
        return next;
    }

    private static String location(Connection answer) throws OutboundFailed {
        try {
            URI base = URI.create(answer.target().url());
            return base.resolve(answer.header("Location").orElseThrow()).toString();
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new OutboundFailed(
                    "%s answered with status %d and no usable Location.".formatted(answer.target(), answer.status()),
                    answer.status(),
                    Optional.empty());
        }
    }

    private static void requireAccepted(Connection answer, IntPredicate accepted) throws OutboundFailed {
        if (!accepted.test(answer.status())) {
            throw new OutboundFailed(
                    "%s answered with status %d.".formatted(answer.target(), answer.status()),
                    answer.status(),
                    answer.header("Retry-After"));
        }
    }

    private GuardedBody body(Connection connection, OutboundRequest request, RequestDeadline deadline)
            throws OutboundException {
        long maxBytes = request.maxBytes().orElse(limits.maxBytes());
        return new GuardedBody(connection, deadline, maxBytes, limits.maxInflateRatio());
    }

    private static void close(Connection connection) throws OutboundFailed {
        try {
            connection.close();
        } catch (IOException e) {
            throw new OutboundFailed("The connection to %s could not be closed.".formatted(connection.target()), e);
        }
    }
}
