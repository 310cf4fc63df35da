package dev.millrace.api.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.postgres.Db;
import dev.millrace.testkit.Awaiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptConnectionsPgTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PID = "select pg_backend_pid()";

    private final RealServers servers = RealServers.get();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Pool pool = servers.pool(vertx, 1);
    private final Db db = Db.keeping(pool, 1, System::nanoTime);

    @AfterEach
    void close() {
        RealServers.await(vertx.close().toCompletionStage());
    }

    @Test
    void oneThatWasAnsweredIsUsedAgain() {
        assertThat(pid()).isEqualTo(pid());
    }

    /** With one connection for all, none may be lost to whoever failed. */
    @Test
    void oneThatWasRefusedSomethingIsStillThereForTheNext() {
        assertThatThrownBy(() -> db.transaction(LIMIT, tx -> tx.run("select 1 / 0")))
                .isInstanceOf(PgException.class);
        assertThat(pid()).isPositive();
    }

    @Test
    void oneThatIsLostInUseMakesPlaceForAnother() {
        long first = pid();
        assertThatThrownBy(() -> db.session(LIMIT, tx -> tx.run("select pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOf(DatabaseUnavailable.class);
        assertThat(pid()).isNotEqualTo(first);
    }

    /** A server that was restarted while nothing was asked must not cost the next call a failure. */
    @Test
    void oneThatIsLostWhileNobodyUsesItMakesPlaceForAnother() {
        long first = pid();
        servers.sql("select pg_terminate_backend($1)", (int) first);
        Awaiting.until("the connection is gone", () -> pool.size() == 0);
        clientsThreadIsThroughWithIt();

        assertThat(pid()).isNotEqualTo(first);
    }

    private void clientsThreadIsThroughWithIt() {
        CompletableFuture<Void> through = new CompletableFuture<>();
        vertx.runOnContext(nothing -> through.complete(null));
        through.join();
    }

    @Test
    void thoseThatComeWhileItIsInUseAreServedInTurn() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Long> call = () -> db.session(LIMIT, tx -> tx.number("select 1 from pg_sleep(0.01)"));
            for (Future<Long> answer : callers.invokeAll(List.of(call, call, call, call, call, call, call, call))) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoWaitsTooLongForOneIsToldSo() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> holder = callers.submit(() -> db.session(LIMIT, tx -> {
                held.countDown();
                return awaited(enough);
            }));
            held.await();
            assertThatThrownBy(() -> db.session(Duration.ofMillis(50), tx -> tx.number("select 1")))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("No connection");
            enough.countDown();
            assertThat(holder.get()).isTrue();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long pid() {
        return db.session(LIMIT, tx -> tx.number(PID));
    }
}
