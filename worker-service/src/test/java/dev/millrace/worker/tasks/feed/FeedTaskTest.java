package dev.millrace.worker.tasks.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.outbound.OutboundFailed;
import dev.millrace.worker.tasks.RecordingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTaskTest {

    private static final String RSS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0"><channel><title>News &amp; more</title><link>https://example.org</link>
            <item><guid>a</guid><title>Older</title><link>https://example.org/a</link>
              <pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>
              <description>&lt;p&gt;Hello &lt;b&gt;world&lt;/b&gt; &amp;amp; all&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
            <item><title>Newer</title><link>https://example.org/b</link><pubDate>Tue, 06 Jan 2026 10:00:00 +0100</pubDate></item>
            <item><title>Undated</title><pubDate>yesterday</pubDate></item>
            </channel></rss>""";

    private static final String ATOM = """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Log</title><id>urn:feed</id>
            <entry><id>urn:1</id><title type="html">&lt;i&gt;One&lt;/i&gt;</title>
              <link rel="replies" href="https://example.org/1/replies"/><link href="https://example.org/1"/>
              <link rel="edit" href="https://example.org/1/edit"/>
              <updated>2026-01-07T10:00:00Z</updated><summary>Short</summary>
              <source><id>urn:other</id><title>Other</title></source></entry>
            </feed>""";

    private final LocalWeb web = new LocalWeb();
    private final FeedTask task = new FeedTask(LocalWeb.client());

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void readsRssNewestFirst() throws IOException {
        FeedResult feed = read(RSS);

        assertThat(feed.title()).isEqualTo("News & more");
        assertThat(feed.items()).extracting(FeedItem::title).containsExactly("Newer", "Older", "Undated");
        assertThat(feed.items().get(1))
                .isEqualTo(new FeedItem(
                        "a",
                        "Older",
                        "https://example.org/a",
                        Instant.parse("2026-01-05T10:00:00Z"),
                        "Hello world & all"));
    }

    @Test
    void derivesMissingIdsFromTheLinkOrTheRest() throws IOException {
        FeedResult feed = read(RSS);

        assertThat(feed.items().get(0).id()).isEqualTo("https://example.org/b");
        assertThat(feed.items().get(2).id())
                .startsWith("urn:uuid:")
                .isEqualTo(read(RSS).items().get(2).id());
    }

    @Test
    void readsAtomWithTheLinkToThePageAndItsOwnId() throws IOException {
        FeedResult feed = read(ATOM);

        assertThat(feed.title()).isEqualTo("Log");
        assertThat(feed.items())
                .containsExactly(new FeedItem(
                        "urn:1", "One", "https://example.org/1", Instant.parse("2026-01-07T10:00:00Z"), "Short"));
    }

    @Test
    void leavesOutWhatIsNotNewerThanSinceButKeepsTheUndated() throws IOException {
        web.serve("/feed", RSS);
        var payload = new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .readValue(
                        "{\"url\":\"%s\",\"since\":\"2026-01-05T10:00:00Z\"}".formatted(web.url("/feed")),
                        FeedRead.class);

        FeedResult feed = task.read(payload, RecordingContext.ofAttempt(1));

        assertThat(feed.items()).extracting(FeedItem::title).containsExactly("Newer", "Undated");
        assertThat(feed.found()).isEqualTo(3);
        assertThat(feed.undated()).isEqualTo(1);
        assertThat(feed.omitted()).isZero();
    }

    @Test
    void readsGzipAndPassesTheEtagOn() throws IOException {
        web.serve("/feed", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(LocalWeb.gzip(RSS.getBytes(UTF_8)));
        });

        FeedResult feed = read("/feed", null);

        assertThat(feed.items()).hasSize(3);
        assertThat(feed.etag()).isEqualTo("\"v1\"");
    }

    @Test
    void readsAFeedWithNothingInIt() throws IOException {
        assertThat(read("<rss><channel><title>Empty</title></channel></rss>"))
                .isEqualTo(new FeedResult("Empty", List.of(), null, 0, 0, 0, null, null));
        assertThat(read("<feed/>").title()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "{\"a\":1}", "<html><body>No feed</body></html>", "<html><p>open", "\u0000\u0001"})
    void saysWhenItIsNoFeed(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(UnreadableFeed.class)
                .hasMessageContaining("/feed is neither an RSS nor an Atom feed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<rss><channel><title>T</title>", "<rss><channel><item><title>1</ti", "<feed><entry><a></b>"})
    void saysWhenItBreaksBeforeTheFirstItemEnds(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(UnreadableFeed.class)
                .hasMessageContaining("is broken");
    }

    /** What entities may add to a document is bounded in all, not only in their number. */
    @Test
    void breaksWhereEntitiesExpandTooFar() throws IOException {
        String feed =
                "<!DOCTYPE rss [<!ENTITY a '%s'>]><rss><channel><item><title>ok</title></item>\n<item><title>%s</title></item>"
                        .formatted("a".repeat(10_000), "&a;".repeat(110));

        assertThat(read(feed).items()).extracting(FeedItem::title).containsExactly("ok");
        assertThat(read(feed).brokenAtLine()).isEqualTo(2);
    }

    @Test
    void saysWhatWasCutExactlyAtTheLimit() throws IOException {
        String item =
                "<rss><channel><item><guid>%s</guid><title>%s</title><description>%s</description></item></channel></rss>";

        assertThat(read(item.formatted("g".repeat(3_000), "t".repeat(500), "😀".repeat(1_000)))
                        .items())
                .containsExactly(new FeedItem("g".repeat(3_000), "t".repeat(500), null, null, "😀".repeat(1_000)));
        assertThat(read(item.formatted("g", "t".repeat(501), "😀".repeat(1_001)))
                        .items())
                .containsExactly(new FeedItem("g", "t".repeat(499) + "…", null, null, "😀".repeat(999) + "…"));
    }

    @Test
    void readsTextsThatAreNothingButReferences() throws IOException {
        String feed = "<rss><channel><item><guid>%s</guid></item></channel></rss>".formatted("&#26085;".repeat(20_000));

        assertThat(read(feed).items()).extracting(FeedItem::id).containsExactly("日".repeat(20_000));
    }

    @Test
    void looksPastWhatIsNoText() throws IOException {
        String image = "<img src='data:image/png;base64,%s'>".formatted("A".repeat(50_000));
        String feed = "<rss><channel><item><description><![CDATA[%s]]></description></item></channel></rss>";

        assertThat(read(feed.formatted(image + "Text")).items())
                .extracting(FeedItem::summary)
                .containsExactly("Text");
        assertThat(read(feed.formatted(image + image + "Text")).items())
                .extracting(FeedItem::summary)
                .containsExactly("…");
    }

    @Test
    void staysWithinTheSizeOfAResult() throws Exception {
        String item = "<item><title>%s</title><description>%s</description></item>"
                .formatted("題".repeat(600), "\"語".repeat(2000));
        web.serve("/feed", "<rss><channel><title>Big</title>" + item.repeat(500) + "</channel></rss>");

        FeedResult feed = read("/feed", 500);

        assertThat(feed.items().getFirst().summary()).hasSize(2000);
        assertThat(feed.items()).hasSizeLessThan(100);
        assertThat(feed.omitted()).isEqualTo(500 - feed.items().size());
        assertThat(new ObjectMapper().registerModule(new JavaTimeModule()).writeValueAsBytes(feed).length)
                .isBetween(150 * 1024, 256 * 1024);
    }

    @Test
    void returnsFiftyItemsUnlessTold() throws IOException {
        web.serve("/feed", "<rss><channel>" + "<item><title>x</title></item>".repeat(60) + "</channel></rss>");

        assertThat(read("/feed", null).items()).hasSize(50);
        assertThat(read("/feed", null).omitted()).isEqualTo(10);
        assertThat(read("/feed", 7).items()).hasSize(7);
        assertThat(read("/feed", 60).omitted()).isZero();
    }

    @Test
    void refusesPayloadsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeedRead("http://x/", null, 501))
                .withMessageContaining("501");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeedRead(" ", null, 1))
                .withMessageContaining("url is missing");
        assertThatThrownBy(() -> read("/nowhere", null))
                .isInstanceOf(OutboundFailed.class)
                .hasMessageContaining("status 404");
    }

    private FeedResult read(String document) throws IOException {
        try (var once = new LocalWeb()) {
            once.serve("/feed", "text/xml", document.getBytes(UTF_8));
            return task.read(new FeedRead(once.url("/feed"), null, null), RecordingContext.ofAttempt(1));
        }
    }

    private FeedResult read(String path, @Nullable Integer maxItems) throws IOException {
        return task.read(new FeedRead(web.url(path), null, maxItems), RecordingContext.ofAttempt(1));
    }
}
