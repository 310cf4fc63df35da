package dev.millrace.worker.tasks.feed;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.outbound.OutboundException;
import dev.millrace.worker.outbound.OutboundHttp;
import dev.millrace.worker.outbound.OutboundRefused;
import dev.millrace.worker.outbound.OutboundRequest;
import dev.millrace.worker.tasks.JsonBudget;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads RSS and Atom feeds. */
@ApplicationScoped
public class FeedTask {

    private static final String MEDIA_TYPES =
            "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int RESULT_BYTES = 240 * 1024;

    private final OutboundHttp http;

    FeedTask(OutboundHttp http) {
        this.http = http;
    }

    /**
     * Fetches a feed and returns its items.
     *
     * @throws OutboundException if it cannot be fetched
     * @throws UnreadableFeed if what was fetched is no feed, or is broken before its first item ends, or is no text in a
     *     charset that it may be in
     */
    @Task(
            name = "feed.read",
            queue = "feed",
            timeout = "PT2M",
            failOn = {OutboundRefused.class, IllegalArgumentException.class},
            description = "Reads an RSS or Atom feed.")
    public FeedResult read(FeedRead payload, TaskContext context) throws IOException {
        try (var response =
                http.get(OutboundRequest.get(payload.url(), context.deadline()).accepting(MEDIA_TYPES))) {
            Decoding.Text document =
                    Decoding.decode(response.body().readAllBytes(), response.header("Content-Type"), response.source());
            Feed feed = FeedReader.read(document.xml(), response.url())
                    .orElseThrow(() ->
                            new UnreadableFeed("%s is neither an RSS nor an Atom feed.".formatted(response.source())));
            if (feed.entries().isEmpty() && feed.brokenAtLine() != null) {
                throw new UnreadableFeed("The feed %s is broken at line %d, before its first item ends."
                        .formatted(response.source(), feed.brokenAtLine()));
            }
            String etag = response.header("ETag")
                    .map(tag -> CONTROL.matcher(tag).replaceAll(""))
                    .orElse(null);
            return result(feed, payload, etag, document.guessed());
        }
    }

    private static FeedResult result(
            Feed feed, FeedRead payload, @Nullable String etag, @Nullable String guessedCharset) {
        List<Entry> wanted = feed.entries().stream()
                .filter(entry -> payload.wants(entry.published()))
                .sorted(comparing(Entry::published, nullsLast(reverseOrder())))
                .toList();
        List<FeedItem> items = fitting(wanted, payload.limit(), feed.title(), etag);
        return new FeedResult(
                feed.title(),
                items,
                etag,
                feed.entries().size(),
                undated(feed),
                wanted.size() - items.size(),
                feed.brokenAtLine(),
                guessedCharset);
    }

    private static List<FeedItem> fitting(
            List<Entry> wanted, int limit, @Nullable String title, @Nullable String etag) {
        var budget = new JsonBudget(RESULT_BYTES);
        budget.take(title, etag);
        return wanted.stream()
                .limit(limit)
                .map(Entry::item)
                .takeWhile(item -> budget.take(item.id(), item.title(), item.link(), item.summary()))
                .toList();
    }

    private static int undated(Feed feed) {
        return (int) feed.entries().stream()
                .filter(entry -> entry.published() == null)
                .count();
    }
}
