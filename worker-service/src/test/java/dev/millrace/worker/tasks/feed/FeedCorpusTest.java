package dev.millrace.worker.tasks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.tasks.RecordingContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads feeds in the shapes that real servers send, over HTTP, and compares with what stands beside each. */
class FeedCorpusTest {

    private static final int AT_LEAST = 60;

    private final LocalWeb web = new LocalWeb();
    private final List<String> fetched = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        web.close();
    }

    static List<FeedCase> cases() {
        return FeedCase.all();
    }

    @Test
    void theCorpusIsThere() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAsWrittenBesideIt(FeedCase feed) {
        web.serve("/", exchange -> {
            fetched.add(exchange.getRequestURI().toString());
            byte[] bytes = feed.bytes(web.url(""));
            exchange.getResponseHeaders().set("Content-Type", feed.contentType());
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        String read = read(web.url(feed.path()));

        assertThat(read).isEqualTo(feed.result().strip());
        assertThat(fetched).containsExactly(feed.path());
    }

    private String read(String url) {
        try {
            return fit(written(new FeedTask(LocalWeb.client())
                    .read(new FeedRead(url, null, null), RecordingContext.ofAttempt(1))));
        } catch (UnreadableFeed | IOException failure) {
            return fit("fails: " + failure.getMessage());
        }
    }

    /** With what differs from run to run replaced. */
    private String fit(String text) {
        return text.replace(web.url(""), "{server}").replaceAll("urn:uuid:[0-9a-f-]+", "urn:uuid:*");
    }

    private static String written(FeedResult feed) {
        assertThat(feed.found()).isEqualTo(feed.items().size());
        assertThat(feed.omitted()).isZero();
        String head = line("title: ", feed.title())
                + line("undated: ", feed.undated() == 0 ? null : feed.undated())
                + line("broken at line: ", feed.brokenAtLine())
                + line("guessed charset: ", feed.guessedCharset());
        return feed.items().stream()
                .map(FeedCorpusTest::written)
                .collect(Collectors.joining("", head, ""))
                .strip();
    }

    private static String written(FeedItem item) {
        return line("item: ", item.id())
                + line("  title: ", item.title())
                + line("  link: ", item.link())
                + line("  published: ", item.published())
                + line("  summary: ", item.summary());
    }

    private static String line(String name, @Nullable Object value) {
        return value == null ? "" : name + value + "\n";
    }
}
