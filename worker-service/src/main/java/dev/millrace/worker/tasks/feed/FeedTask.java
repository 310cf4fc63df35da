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
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads RSS and Atom feeds. */
@ApplicationScoped
public class FeedTask {

    private static final String MEDIA_TYPES =
            "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LINE = 500;
    private static final int SUMMARY = 2_000;
    private static final int LINK = 2_000;
    private static final int RESULT_BYTES = 240 * 1024;

    private final OutboundHttp http;
    private final FeedParser parser = new FeedParser();

    FeedTask(OutboundHttp http) {
        this.http = http;
    }

    /**
     * Fetches a feed and returns its items.
     *
     * @throws OutboundException if it cannot be fetched
     * @throws UnreadableFeed if what was fetched is no feed, or is broken before its first item ends
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
            XmlText document = XmlText.of(response.body().readAllBytes(), response.header("Content-Type"));
            FeedHead head = FeedHead.of(document);
            if (!head.feed()) {
                throw new UnreadableFeed("%s is neither an RSS nor an Atom feed.".formatted(response.source()));
            }
            List<Entry> entries = entries(document);
            if (entries.isEmpty() && !head.complete()) {
                throw new UnreadableFeed(
                        "The feed %s is broken before its first item ends.".formatted(response.source()));
            }
            String etag = response.header("ETag")
                    .map(tag -> PlainText.cut(CONTROL.matcher(tag).replaceAll(""), LINE))
                    .orElse(null);
            return new FeedResult(title(head, entries), items(entries, payload), etag);
        }
    }

    private List<Entry> entries(XmlText document) {
        try (Stream<Entry> entries = parser.read(document.open())) {
            return entries.toList();
        }
    }

    private static @Nullable String title(FeedHead head, List<Entry> entries) {
        String title = head.title() == null && !entries.isEmpty()
                ? entries.getFirst().getChannel().getTitle()
                : head.title();
        return PlainText.of(title, LINE);
    }

    private static List<FeedItem> items(List<Entry> entries, FeedRead payload) {
        var budget = new JsonBudget(RESULT_BYTES);
        return entries.stream()
                .map(FeedTask::item)
                .filter(payload::wants)
                .sorted(comparing(FeedItem::published, nullsLast(reverseOrder())))
                .limit(payload.limit())
                .takeWhile(item -> budget.take(item.id(), item.title(), item.link(), item.summary()))
                .toList();
    }

    private static FeedItem item(Entry entry) {
        String title = PlainText.of(entry.getTitle().orElse(null), LINE);
        String link = PlainText.of(entry.page(), LINK);
        String text = entry.getDescription().or(entry::getContent).orElse(null);
        String summary = PlainText.of(text, SUMMARY);
        Instant published = published(entry);
        String id = PlainText.of(entry.id(), LINK);
        return new FeedItem(
                id == null ? derivedId(link, title, published, summary) : id, title, link, published, summary);
    }

    private static String derivedId(
            @Nullable String link, @Nullable String title, @Nullable Instant published, @Nullable String summary) {
        byte[] fields = "%s\n%s\n%s".formatted(title, published, summary).getBytes(StandardCharsets.UTF_8);
        return link == null ? "urn:uuid:" + UUID.nameUUIDFromBytes(fields) : link;
    }

    private static @Nullable Instant published(Entry entry) {
        try {
            return entry.getPubDateAsZonedDateTime()
                    .map(ZonedDateTime::toInstant)
                    .orElse(null);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            return null;
        }
    }
}
