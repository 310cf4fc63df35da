package dev.millrace.worker.outbound;

import dev.millrace.worker.outbound.address.AddressPolicy;
import dev.millrace.worker.outbound.address.Resolver;
import dev.millrace.worker.outbound.uri.UriReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpException;

/**
 * Sends the requests of tasks; the one HTTP client they may use. Safe for use by many threads.
 *
 * <p>Every hop must be http or https, to an allowed port, to a host all of whose addresses are allowed; it is connected
 * to the very addresses that were checked. Redirects are followed as the request says, up to a limit, never from https to
 * http, and without credentials once the origin changes; what would carry a body to another origin is refused. Nothing is
 * sent twice to make up for a failure. Proxies of the environment are not used, nothing is cached, no cookie is kept.
 *
 * <p>It blocks its thread. Interrupting a virtual thread that waits here ends the fetch with {@link OutboundFailed} and
 * leaves the thread interrupted.
 */
public final class OutboundHttp {

    private static final int OK = 200;

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
        this.policy = AddressPolicy.allowing(config.allowAddresses().orElse(List.of()), config.allowLoopback());
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
        List<Connection> answers = follow(request, accepted, deadline);
        Connection answer = answers.getLast();
        try {
            List<Hop> hops = answers.stream().map(Connection::hop).toList();
            requireAccepted(answer, accepted, hops);
            return new OutboundResponse(answer, body(answer, request, deadline), hops);
        } catch (OutboundException e) {
            close(answer);
            throw e;
        }
    }

    private RequestDeadline deadline(OutboundRequest request) {
        Instant own = clock.instant().plus(request.timeout().orElse(limits.totalTimeout()));
        return new RequestDeadline(clock, own.isBefore(request.deadline()) ? own : request.deadline());
    }

    /** One answer at least; all but the last are redirects that were followed, and closed. */
    private List<Connection> follow(OutboundRequest request, IntPredicate accepted, RequestDeadline deadline)
            throws OutboundException {
        List<Connection> answers = new ArrayList<>();
        OutboundRequest current = request;
        Connection answer = exchange(current, Target.parse(request.url()), deadline);
        while (leadsOn(request, answer, accepted)) {
            close(answer);
            Target next = next(answer, answers.size());
            answers.add(answer);
            current = current.redirected(answer.status());
            current = next.hasOriginOf(answer.target()) ? current : fitForStrangers(current, answer.target());
            answer = exchange(current, next, deadline);
        }
        answers.add(answer);
        return answers;
    }

    private static boolean leadsOn(OutboundRequest request, Connection answer, IntPredicate accepted) {
        return request.redirects() != Redirects.NONE
                && Redirects.isRedirect(answer.status())
                && !accepted.test(answer.status());
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
        Target next = location(answer);
        if (answer.target().secure() && !next.secure()) {
            throw new OutboundRefused("%s redirects from https to http: not followed.".formatted(answer.target()));
        }
        return next;
    }

    /** Only one place to go, by rules that every reader has: what this client may not fetch, it says why. */
    private static Target location(Connection answer) throws OutboundException {
        List<String> locations = answer.octets("Location");
        if (locations.size() != 1) {
            throw new OutboundFailed(
                    "%s answered with status %d and %s Location."
                            .formatted(answer.target(), answer.status(), locations.isEmpty() ? "no" : "more than one"),
                    answer.status(),
                    Optional.empty());
        }
        UriReference base = UriReference.parse(answer.target().url());
        try {
            return Target.parse(
                    base.resolve(UriReference.ofField(locations.getFirst())).toString());
        } catch (OutboundRefused refused) {
            throw new OutboundRefused(
                    "%s redirects to what is not fetched. %s".formatted(answer.target(), refused.getMessage()));
        }
    }

    private static void requireAccepted(Connection answer, IntPredicate accepted, List<Hop> hops)
            throws OutboundFailed {
        if (!accepted.test(answer.status())) {
            throw new OutboundFailed(
                    "%s answered with status %d%s.".formatted(answer.target(), answer.status(), detour(hops)),
                    answer.status(),
                    answer.header("Retry-After"));
        }
    }

    private static String detour(List<Hop> hops) {
        return hops.size() == 1
                ? ""
                : ", asked with %s after redirects: %d".formatted(hops.getLast().method(), hops.size() - 1);
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
