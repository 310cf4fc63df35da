package dev.millrace.api.jobs.requeue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobError;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.loop.Loop;
import dev.millrace.loop.Loops;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The service with its servers, for tests that play the worker. */
@Dependent
public class Stage {

    public static final QueueName OTHER = new QueueName("other");

    private final TaskCatalog catalog;
    private final JobStreams streams;
    private final RedisLink link;
    private final StreamNames names;
    private final Loops loops;

    public Stage(TaskCatalog catalog, JobStreams streams, RedisLink link, StreamNames names, Loops loops) {
        this.catalog = catalog;
        this.streams = streams;
        this.link = link;
        this.names = names;
        this.loops = loops;
    }

    /** Redis is open and empty, PostgreSQL knows of no job, and a worker has offered its tasks. */
    public Client opened(int port) {
        Rows.await("Redis is open", this::isOpen);
        Rows.change("delete from api.outbox");
        Rows.deleteJobs();
        emptyRedis();
        Tasks.offer(catalog);
        return new Client(port);
    }

    /** Redis loses everything, and is opened again; no loop sits out its pause, neither until then nor after it. */
    public void emptyRedis() {
        link.call(Request.cmd(Command.FLUSHALL));
        endPauses();
        Rows.await("Redis is open", this::isOpen);
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        endPauses();
    }

    /** Lets every loop of the service turn at once. */
    public void endPauses() {
        loops.watched().stream()
                .map(Loops.Watched::role)
                .filter(Loop.class::isInstance)
                .map(Loop.class::cast)
                .forEach(Loop::wake);
    }

    public boolean isOpen() {
        try {
            return streams.epoch() > 0;
        } catch (StreamsUnavailable away) {
            return false;
        }
    }

    public static JobId submitted(Client client, String fields) {
        Reply reply =
                client.submit("{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}" + fields + "}");
        assertThat(reply.status()).isEqualTo(202);
        return JobId.parse(reply.json().get("id").asText());
    }

    /** A job whose end is in the record. */
    public JobId ended(Client client, JobState state) {
        JobId job = submitted(client, "");
        end(taken(), state);
        awaitState(client, job, state);
        return job;
    }

    /** The next job of the queue, once there is one. */
    public Delivery taken() {
        List<Delivery> taken = new ArrayList<>();
        Rows.await("there is a job to take", () -> taken.addAll(streams.take(OTHER, 1)));
        return taken.getFirst();
    }

    public void end(Delivery delivery, JobState state) {
        JobError error = state == JobState.SUCCEEDED ? null : new JobError("Boom", "it broke", "at line 1");
        streams.finish(List.of(new Finish(delivery, state, Duration.ofMillis(1), "1", error)));
    }

    public static JsonNode get(Client client, JobId job) {
        return client.call("GET", "/api/v1/jobs/" + job).json();
    }

    public static void awaitState(Client client, JobId job, JobState state) {
        Rows.await(
                job + " is " + state,
                () -> get(client, job).get("state").asText().equals(state.name()));
    }

    /** The letters of the job that are open. */
    public static JsonNode letters(Client client, JobId job) {
        return client.call("GET", "/api/v1/dead-letters?jobId=" + job).json().get("items");
    }

    public String placeOf(JobId job) {
        String marker = String.valueOf(link.call(Request.cmd(Command.GET).arg(names.markerPrefix() + job)));
        return marker.equals("null") ? "" : marker.split("\\|", -1)[1];
    }
}
