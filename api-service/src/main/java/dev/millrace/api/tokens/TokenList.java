package dev.millrace.api.tokens;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of tokens; {@code nextCursor} is null on the last. */
@RegisterForReflection
public record TokenList(List<TokenDocument> items, @Nullable String nextCursor) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static TokenList cut(List<TokenDocument> found, int limit) {
        return found.size() <= limit
                ? new TokenList(found, null)
                : new TokenList(found.subList(0, limit), found.get(limit - 1).id());
    }
}
