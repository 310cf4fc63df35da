package dev.millrace.api.query;

import dev.millrace.api.db.DatabaseUnavailable;
import dev.millrace.api.problem.Problem;
import dev.millrace.api.problem.ProblemReplies;
import dev.millrace.api.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Answers requests for the record while PostgreSQL is away. */
@ApplicationScoped
public class Outages {

    private final ProblemReplies replies;

    public Outages(ProblemReplies replies) {
        this.replies = replies;
    }

    @ServerExceptionMapper
    public Response away(DatabaseUnavailable outage, ResteasyReactiveContainerRequestContext request) {
        return replies.refused(
                Problem.of(ProblemType.UNAVAILABLE, "The record of jobs cannot be read now. Ask again in a moment.")
                        .exception(),
                request);
    }
}
