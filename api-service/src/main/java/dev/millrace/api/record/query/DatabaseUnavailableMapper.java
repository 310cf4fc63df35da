package dev.millrace.api.record.query;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemReplies;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.postgres.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Answers requests for the record while PostgreSQL is away. */
@ApplicationScoped
public class DatabaseUnavailableMapper {

    private final ProblemReplies replies;

    public DatabaseUnavailableMapper(ProblemReplies replies) {
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
