package dev.millrace.api.http.problem;

import dev.millrace.postgres.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** Turns whatever ends a request badly into its document. */
@ApplicationScoped
public class ProblemReplies {

    public static final String TRACE_PARENT = "traceparent";

    private static final String TRACE_ID = TraceIds.class.getName();
    private static final Logger LOG = Logger.getLogger(ProblemReplies.class);
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final String RETRY_QUOTA_AFTER_SECONDS = "10";
    private static final String CHALLENGE = "Bearer realm=\"millrace\", Basic realm=\"millrace\", charset=\"UTF-8\"";

    private final TraceIds traces = new TraceIds(new SecureRandom());
    private final ProblemMeters meters;
    private final AllowedMethods methods;

    public ProblemReplies(ProblemMeters meters, AllowedMethods methods) {
        this.meters = meters;
        this.methods = methods;
    }

    @ServerExceptionMapper
    public Response refused(ProblemException refusal, ResteasyReactiveContainerRequestContext request) {
        ResponseBuilder reply = reply(refusal.problem(), request, traceId(request));
        refusal.headers().forEach(reply::header);
        return reply.build();
    }

    /** What the framework refuses before a resource is asked, and what a resource refuses in the framework's words. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException refusal, ResteasyReactiveContainerRequestContext request) {
        ProblemType type = ProblemType.ofStatus(refusal.getResponse().getStatus());
        if (type == ProblemType.INTERNAL) {
            return failed(refusal, request);
        }
        ResponseBuilder reply = reply(Problem.of(type), request, traceId(request));
        if (type == ProblemType.METHOD_NOT_ALLOWED) {
            methods.of(path(request)).ifPresent(allowed -> reply.header(HttpHeaders.ALLOW, allowed));
        }
        return reply.build();
    }

    @ServerExceptionMapper
    public Response failed(Throwable fault, ResteasyReactiveContainerRequestContext request) {
        if (fault instanceof CompletionException wrapped && wrapped.getCause() instanceof ProblemException refusal) {
            return refused(refusal, request);
        }
        return DatabaseUnavailable.causes(fault) ? unavailable(fault, request) : internal(fault, request);
    }

    private Response unavailable(Throwable outage, ResteasyReactiveContainerRequestContext request) {
        LOG.debug("A request was answered with 503.", outage);
        return reply(
                        Problem.of(ProblemType.UNAVAILABLE, "The record of jobs cannot be asked now."),
                        request,
                        traceId(request))
                .build();
    }

    private Response internal(Throwable fault, ResteasyReactiveContainerRequestContext request) {
        String traceId = traceId(request);
        LOG.errorf(fault, "A request failed; it was answered with 500 and the traceId %s.", traceId);
        return reply(Problem.of(ProblemType.INTERNAL), request, traceId).build();
    }

    /** The trace that a request's problems, and the log of them, go by; null for a request without the header. */
    public String traceId(@Nullable String traceParent) {
        return traces.of(traceParent);
    }

    /** What a refusal says beside its document. */
    public static Map<String, String> headers(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED -> Map.of(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
            case QUOTA_EXCEEDED -> Map.of(HttpHeaders.RETRY_AFTER, RETRY_QUOTA_AFTER_SECONDS);
            case UNAVAILABLE -> Map.of(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> Map.of();
        };
    }

    /** The trace id of a request, if it belongs to a trace, or if its refusal was given one; else null. */
    public static @Nullable String knownTraceId(ContainerRequestContext request) {
        return request.getProperty(TRACE_ID) instanceof String refused
                ? refused
                : TraceIds.known(request.getHeaderString(TRACE_PARENT));
    }

    private String traceId(ResteasyReactiveContainerRequestContext request) {
        String traceId = traceId(request.getHeaderString(TRACE_PARENT));
        request.setProperty(TRACE_ID, traceId);
        return traceId;
    }

    private static String path(ResteasyReactiveContainerRequestContext request) {
        return request.getUriInfo().getRequestUri().getRawPath();
    }

    private ResponseBuilder reply(Problem problem, ResteasyReactiveContainerRequestContext request, String traceId) {
        meters.refused(problem.type());
        ResponseBuilder reply = Response.status(problem.type().status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.toJson(path(request), traceId).toString());
        headers(problem.type()).forEach(reply::header);
        return reply;
    }
}
