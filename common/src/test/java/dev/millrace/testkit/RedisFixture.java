package dev.millrace.testkit;

import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.EmbeddedRedis.Options;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.timers.RedisTimerStreams;
import dev.millrace.stream.timers.TimerStreams;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One real Redis for a test class, emptied before each test, then with the function library and blessed with
 * {@link #EPOCH}. To be registered in a static field.
 */
public final class RedisFixture implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    public static final int EPOCH = 1;
    public static final StreamNames NAMES = StreamNames.DEFAULT;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 64;

    private final boolean durable;
    private final boolean newestProtocol;
    private final List<RedisLink> opened = new ArrayList<>();
    private final Map<JobStreams, RedisLink> connected = new HashMap<>();
    private @Nullable Path folder;
    private @Nullable EmbeddedRedis server;
    private @Nullable Vertx vertx;
    private @Nullable Redis client;
    private @Nullable RedisLink shared;

    private RedisFixture(boolean durable, boolean newestProtocol) {
        this.durable = durable;
        this.newestProtocol = newestProtocol;
    }

    /** Keeps nothing over a restart. */
    public static RedisFixture forgetful() {
        return new RedisFixture(false, true);
    }

    /** Keeps its data over a restart. */
    public static RedisFixture durable() {
        return new RedisFixture(true, true);
    }

    /** As {@link #forgetful}, spoken to in version 2 of Redis's protocol instead of 3. */
    public static RedisFixture inOldProtocol() {
        return new RedisFixture(false, false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        folder = temporaryFolder();
        server = EmbeddedRedis.start(Options.forTests(folder).withDurable(durable));
        vertx = Vertx.vertx();
        RedisOptions options = new RedisOptions()
                .setConnectionString(server.url())
                .setProtocolNegotiation(newestProtocol)
                .setMaxPoolSize(CONNECTIONS);
        client = Redis.createClient(vertx, options);
        shared = link();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        empty();
    }

    /** Throws everything away and opens again, as before each test. */
    public void empty() {
        ask("FLUSHALL");
        openForWork();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        opened.forEach(RedisLink::close);
        Objects.requireNonNull(client).close();
        Objects.requireNonNull(vertx)
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        server().close();
        delete(Objects.requireNonNull(folder));
    }

    /** Loads the library and blesses, as an api instance does. */
    public void openForWork() {
        FunctionLibrary.load(shared());
        streams("opener").bless(EPOCH);
    }

    public EmbeddedRedis server() {
        return Objects.requireNonNull(server, "the fixture is registered in a static field");
    }

    public Redis client() {
        return Objects.requireNonNull(client, "the fixture is registered in a static field");
    }

    /** A connection of its own, closed after the last test of the class. */
    public RedisLink link() {
        RedisLink link = new RedisLink(client(), TIMEOUT);
        opened.add(link);
        return link;
    }

    /** Streams for a consumer over the one connection that all share; {@code await} wants {@link #waiting}. */
    public JobStreams streams(String consumer) {
        return new RedisJobStreams(shared(), shared(), NAMES, consumer);
    }

    /** Streams for a consumer that may block in {@code await} on a connection of its own. */
    public JobStreams waiting(String consumer) {
        return new RedisJobStreams(shared(), link(), NAMES, consumer);
    }

    /** Streams for a consumer over a connection of their own, which {@link #cut} closes. */
    public JobStreams connected(String consumer) {
        RedisLink own = link();
        JobStreams streams = new RedisJobStreams(own, own, NAMES, consumer);
        connected.put(streams, own);
        return streams;
    }

    /** Closes the connection of {@link #connected} streams; their next call opens another. */
    public void cut(JobStreams streams) {
        Objects.requireNonNull(connected.get(streams), "streams that are connected by themselves")
                .close();
    }

    /** Timers for a scheduler over the one connection that all share: waiting holds up everybody. */
    public TimerStreams timers(String scheduler) {
        return new RedisTimerStreams(shared(), shared(), NAMES, scheduler);
    }

    /** Timers for a scheduler that may wait on a connection of its own. */
    public TimerStreams waitingTimers(String scheduler) {
        return new RedisTimerStreams(shared(), link(), NAMES, scheduler);
    }

    /** One command as one would type it; null where Redis answers nil. */
    public @Nullable Response ask(String command, Object... arguments) {
        Request request = Request.cmd(Command.create(command));
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return shared().call(request);
    }

    /** As {@link #ask}, of a command that never answers nil. */
    public Response get(String command, Object... arguments) {
        return Objects.requireNonNull(ask(command, arguments), () -> command + " answered nil");
    }

    /** Commands that travel together. */
    public List<Response> batch(List<Request> requests) {
        return shared().batch(requests);
    }

    private RedisLink shared() {
        return Objects.requireNonNull(shared, "the fixture is registered in a static field");
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("millrace-redis");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
