package dev.millrace.api.record.stats;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.stats.Stats.Filter;
import dev.millrace.api.record.stats.StatsDocument.SeriesDocument;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Shows how many of the caller's jobs end, and how long they wait and run. */
@Path("/api/v1/stats")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class StatsResource {

    private final Callers callers;
    private final Stats stats;

    public StatsResource(Callers callers, Stats stats) {
        this.callers = callers;
        this.stats = stats;
    }

    /** Of the last minute, quarter, hour and day; of one task or queue, if they are named. */
    @GET
    public StatsDocument stats(@Context UriInfo uri) {
        return StatsDocument.of(stats.counted(filter(QueryParameters.of(uri, "task", "queue"))));
    }

    /** By minute of the last quarter or hour, or by quarter of the last day. */
    @GET
    @Path("/series")
    public SeriesDocument series(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "task", "queue", "window");
        Window asked = query.read("window", Window::of, "is one of 1m, 15m, 1h, 24h");
        Window window = asked == null ? Window.HOUR : asked;
        return StatsDocument.of(stats.series(filter(query), window), window);
    }

    private Filter filter(QueryParameters query) {
        return new Filter(callers.current().tenant(), query.text("task"), query.text("queue"));
    }
}
