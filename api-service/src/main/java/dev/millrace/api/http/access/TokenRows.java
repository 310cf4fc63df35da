package dev.millrace.api.http.access;

import dev.millrace.postgres.DatabaseUnavailable;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Reads {@code api.token} without a thread that waits. PostgreSQL's clock says what has expired. */
@Singleton
final class TokenRows implements TokenSource {

    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final String FIND =
            "select " + Token.COLUMNS + " from api.token where id = any($1) and expires_at > now()";

    private final Pool pool;

    TokenRows(Pool pool) {
        this.pool = pool;
    }

    /** Ends with {@link DatabaseUnavailable} when PostgreSQL gives no answer within 2 s. */
    @Override
    public CompletionStage<Map<String, Token>> find(Set<String> ids) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of((Object) ids.toArray(String[]::new)))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(outage(failure)))
                .thenApply(TokenRows::byId);
    }

    private static Throwable outage(Throwable failure) {
        return DatabaseUnavailable.causes(failure)
                ? new DatabaseUnavailable("PostgreSQL cannot be asked for tokens.", failure)
                : failure;
    }

    private static Map<String, Token> byId(RowSet<Row> found) {
        Map<String, Token> tokens = HashMap.newHashMap(found.size());
        found.forEach(row -> tokens.put(row.getString("id"), Token.of(row)));
        return tokens;
    }
}
