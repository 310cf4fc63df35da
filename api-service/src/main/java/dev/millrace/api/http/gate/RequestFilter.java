package dev.millrace.api.http.gate;

import dev.millrace.api.http.access.browser.Cors;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemMeters;
import dev.millrace.api.http.problem.ProblemReplies;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.postgres.DatabaseUnavailable;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets requests pass or answers them itself; for event loops, and it never blocks one. */
@ApplicationScoped
class RequestFilter {

    private static final Logger LOG = Logger.getLogger(RequestFilter.class);

    /** So long a client may go on sending what nobody reads, so that it hears the answer. */
    private static final long LINGER_MILLIS = 5_000;

    private static final int LONGEST_INSTANCE = 1_024;

    private final Vertx vertx;
    private final ProblemReplies problems;
    private final ProblemMeters meters;
    private final Cors cors;
    private final long bodyMillis;

    RequestFilter(Vertx vertx, ProblemReplies problems, ProblemMeters meters, Cors cors, RequestLimitsConfig config) {
        this.vertx = vertx;
        this.problems = problems;
        this.meters = meters;
        this.cors = cors;
        this.bodyMillis = RequestLimitsSettings.of(config).bodyTimeout().toMillis();
    }

    /** It is the first to hear of requests, and of failures too. */
    void stand(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::admit).failureHandler(this::failed);
    }

    private void admit(RoutingContext call) {
        SafeHeaders.promise(call);
        if (cors.answers(call)) {
            return;
        }
        Optional<Problem> refusal = head(call.request()).refusal();
        if (refusal.isPresent()) {
            answer(call, refusal.get());
            discardBody(call.request());
        } else {
            limitBody(call);
            call.next();
        }
    }

    private static RequestHead head(HttpServerRequest request) {
        return new RequestHead(
                request.uri(),
                bytes(request.headers()),
                length(request.getHeader(HttpHeaders.CONTENT_LENGTH)),
                text(request.getHeader(HttpHeaders.CONTENT_ENCODING)),
                text(request.getHeader(HttpHeaders.CONTENT_TYPE)));
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header;
    }

    private static int bytes(MultiMap headers) {
        int bytes = 0;
        for (Map.Entry<String, String> header : headers) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }

    /** The decoder has refused what is no number. */
    private static long length(@Nullable String header) {
        return header == null ? 0 : Long.parseLong(header);
    }

    /** A client that drips its body would otherwise keep what it holds for as long as it likes. */
    private void limitBody(RoutingContext call) {
        if (!call.request().isEnded() && hasBody(call.request())) {
            long timer = vertx.setTimer(bodyMillis, late -> giveUp(call));
            call.addEndHandler(done -> vertx.cancelTimer(timer));
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void giveUp(RoutingContext call) {
        if (!hasCome(call.request()) && !call.response().headWritten()) {
            answer(call, Problem.of(ProblemType.TOO_SLOW));
            call.request().connection().close();
        }
    }

    /** The end is told to whoever reads on, which a resource does not that has all its bytes and is busy with them. */
    private static boolean hasCome(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.isEnded() || (length != null && request.bytesRead() >= length(length));
    }

    /** What is thrown away takes no memory. Were the connection cut at once, the client would not hear the answer. */
    private void discardBody(HttpServerRequest request) {
        if (!request.isEnded()) {
            long timer =
                    vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
            request.handler(bytes -> {});
            request.exceptionHandler(cut -> vertx.cancelTimer(timer));
            request.endHandler(end -> vertx.cancelTimer(timer));
            request.resume();
        }
    }

    /** Failures to authenticate are answered by those who know how to; everything else is a problem. */
    private void failed(RoutingContext call) {
        if (call.failure() instanceof SecurityException || call.response().headWritten()) {
            call.next();
            return;
        }
        if (call.failure() instanceof ProblemException refusal) {
            refusal.headers().forEach(call.response()::putHeader);
        }
        answer(call, problem(call));
        discardBody(call.request());
    }

    private static Problem problem(RoutingContext call) {
        if (call.failure() instanceof ProblemException refusal) {
            return refusal.problem();
        }
        if (call.failure() instanceof DatabaseUnavailable) {
            return Problem.of(ProblemType.UNAVAILABLE);
        }
        ProblemType type = ProblemType.ofStatus(call.statusCode());
        if (type == ProblemType.INTERNAL) {
            LOG.error("A request failed before a resource was asked; it was answered with 500.", call.failure());
        }
        return Problem.of(type);
    }

    private void answer(RoutingContext call, Problem problem) {
        meters.refused(problem.type());
        String traceId = problems.traceId(call.request().getHeader(ProblemReplies.TRACE_PARENT));
        ProblemReplies.headers(problem.type()).forEach(call.response()::putHeader);
        call.response()
                .setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.toJson(instance(problem, call.request().uri()), traceId)
                        .toString());
    }

    private static String instance(Problem problem, String address) {
        return problem.type() == ProblemType.TOKEN_IN_ADDRESS ? "/" : instance(address);
    }

    /** The path, if it is one. */
    private static String instance(String address) {
        try {
            String path = address.length() > LONGEST_INSTANCE
                    ? ""
                    : URI.create(address).getRawPath();
            return path == null || path.isEmpty() ? "/" : path;
        } catch (IllegalArgumentException unreadable) {
            return "/";
        }
    }
}
