package dev.millrace.api.record.job;

import dev.millrace.api.record.job.JobDetails.Place;
import dev.millrace.job.Band;
import dev.millrace.job.JobId;
import dev.millrace.job.JobPlace;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Columns;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of {@code api.job} that hold what acceptance writes: of each its name, its type, its value, and its reading. */
final class JobColumns {

    private static final int HIGHEST_PRIORITY = 10;

    /** What {@link #spec} reads. */
    private static final List<Column> SPEC = List.of(
            text("tenant", job -> job.spec().tenant()),
            text("task", job -> job.spec().task().value()),
            text("queue", job -> job.spec().queue().value()),
            new Column(
                    "priority",
                    "int2",
                    "priority",
                    jobs -> jobs.shorts(job -> (short) job.details().priority())),
            text("metadata", job -> job.details().metadata()),
            text("trace_parent", job -> job.details().traceParent()),
            new Column(
                    "ignore_result",
                    "bool",
                    "ignore_result",
                    jobs -> jobs.booleans(job -> job.spec().ignoreResult())),
            text("policy", job -> StoredPolicy.text(job.spec().policy())),
            text("payload", job -> job.spec().payload()));

    /** What {@link #details} reads beside the spec. Tags are names, which have no comma in them. */
    private static final List<Column> DETAILS = List.of(
            new Column(
                    "max_attempts",
                    "int4",
                    "max_attempts",
                    jobs -> jobs.ints(job -> job.details().maxAttempts())),
            new Column(
                    "tags",
                    "text",
                    "string_to_array(tags, ',')",
                    jobs -> jobs.texts(job -> String.join(",", job.details().tags()))),
            new Column(
                    "result_ttl_ms",
                    "int8",
                    "result_ttl_ms",
                    jobs -> jobs.longs(job -> StatusColumns.millis(job.details().resultTtl()))),
            text("schedule_id", job -> job.details().scheduleId()),
            new Column("parent", "uuid", "parent", jobs -> jobs.uuids(JobColumns::parent)));

    /** Of which workflow it is a member; all of them null if of none. */
    private static final List<Column> PLACE = List.of(
            new Column("workflow", "uuid", "workflow", jobs -> jobs.uuids(place(Place::workflow))),
            new Column("node", "int4", "node", jobs -> jobs.ints(place(Place::node))),
            new Column("node_run", "int4", "node_run", jobs -> jobs.ints(place(Place::run))),
            new Column("member", "int4", "member", jobs -> jobs.ints(place(Place::index))));

    private static final List<Column> ALL =
            Stream.of(SPEC, DETAILS, PLACE).flatMap(List::stream).toList();

    /** The name of the node of which a row is a member, which stands in another table. */
    static final String NODE_NAME = "case when workflow is not null then"
            + " (select n.name from api.node n where n.workflow = job.workflow and n.number = job.node) end as node_name";

    /** The names of what {@link #spec} reads, as a list in SQL. */
    static final String OF_SPEC = list(SPEC, Column::name);

    /** What {@link #spec} reads of the place of a member. */
    static final String OF_PLACE = list(PLACE, Column::name) + ", " + NODE_NAME;

    /** The names of what {@link #details} reads. */
    static final String OF_DETAILS = list(ALL, Column::name);

    /** What is selected of the unnested values, in the order of {@link #OF_DETAILS}. */
    static final String SELECTED = list(ALL, Column::selected);

    /** The label of a row's band, which is made of its priority. */
    static final String BAND = IntStream.rangeClosed(1, HIGHEST_PRIORITY)
            .mapToObj(priority -> "'" + Band.ofPriority(priority).label() + "'")
            .collect(Collectors.joining(", ", "(array[", "])[priority]"));

    /**
     * A column.
     *
     * @param type of a value among the parameters
     * @param selected the column's value as made of the parameter, which goes by the column's name
     */
    private record Column(String name, String type, String selected, Function<Columns<NewJob>, Object> values) {}

    private JobColumns() {}

    static int count() {
        return ALL.size();
    }

    /** The parameters as arrays, from that number on. */
    static String arrays(int first) {
        return IntStream.range(0, ALL.size())
                .mapToObj(i -> "$%d::%s[]".formatted(first + i, ALL.get(i).type()))
                .collect(Collectors.joining(", "));
    }

    /** The values of the parameters. */
    static Stream<Object> values(Columns<NewJob> jobs) {
        return ALL.stream().map(column -> column.values().apply(jobs));
    }

    /** Of a row with {@link #OF_PLACE}. */
    static JobSpec spec(Row row) {
        return new JobSpec(
                new TaskName(row.getString("task")),
                new QueueName(row.getString("queue")),
                Band.ofPriority(row.getInteger("priority")),
                row.getString("tenant"),
                JobHeaders.of(row.getString("trace_parent"), row.getString("metadata")),
                row.getBoolean("ignore_result"),
                StoredPolicy.read(row.getString("policy")),
                row.getString("payload"),
                jobPlace(row));
    }

    static JobDetails details(Row row) {
        return new JobDetails(
                spec(row),
                row.getInteger("priority"),
                row.getInteger("max_attempts"),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("metadata"),
                row.getString("trace_parent"),
                duration(row.getLong("result_ttl_ms")),
                row.getString("schedule_id"),
                id(row.getUUID("parent")),
                place(row));
    }

    private static @Nullable JobPlace jobPlace(Row row) {
        Place place = place(row);
        return place == null ? null : place.ofJob();
    }

    /** A callback has no node, and the name of its place. */
    private static @Nullable Place place(Row row) {
        UUID workflow = row.getUUID("workflow");
        String node = row.getString("node_name");
        return workflow == null
                ? null
                : new Place(
                        workflow,
                        row.getInteger("node"),
                        node == null ? "on" : node,
                        row.getInteger("node_run"),
                        row.getInteger("member"));
    }

    private static <R> Function<NewJob, @Nullable R> place(Function<Place, R> part) {
        return job -> {
            Place place = job.details().place();
            return place == null ? null : part.apply(place);
        };
    }

    private static @Nullable UUID parent(NewJob job) {
        JobId parent = job.details().parent();
        return parent == null ? null : parent.uuid();
    }

    private static @Nullable JobId id(@Nullable UUID uuid) {
        return uuid == null ? null : new JobId(uuid);
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static Column text(String name, Function<NewJob, @Nullable String> value) {
        return new Column(name, "text", name, jobs -> jobs.texts(value));
    }

    private static String list(List<Column> columns, Function<Column, String> part) {
        return columns.stream().map(part).collect(Collectors.joining(", "));
    }
}
