package dev.millrace.local.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

    @TempDir
    Path folder;

    @Test
    void makesTheSameHundredThousandRowsEverywhereWithAFewThatAreWrong() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        new SampleCsv(new SplittableRandom(7)).makeIn(folder);
        new SampleCsv(new SplittableRandom(7)).makeIn(other);

        List<String> lines = Files.readAllLines(folder.resolve(SampleCsv.NAME));
        assertThat(lines).hasSize(SampleCsv.ROWS + 1).startsWith("id,name,email,amount,signed_up,active");
        assertThat(lines.subList(1, lines.size()))
                .filteredOn(line -> !line.matches(
                        "\\d+,\\w+ \\w+,[a-z.0-9]+@[a-z.]+,\\d+\\.\\d\\d,20\\d\\d-(?!02-30)\\d\\d-\\d\\d,(true|false)"))
                .hasSize(12);
        assertThat(folder.resolve(SampleCsv.NAME)).hasSameTextualContentAs(other.resolve(SampleCsv.NAME));
    }

    @Test
    void servesOnlyTheFilesThereAre() throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        Files.writeString(served.resolve("a.rss"), "<rss/>");
        Files.writeString(folder.resolve("secret"), "no");
        try (SampleServer server = SampleServer.start(List.of(served))) {
            HttpResponse<String> feed = get(server.url() + "/a.rss");
            assertThat(feed.body()).isEqualTo("<rss/>");
            assertThat(feed.headers().firstValue("Content-Type")).hasValue("application/rss+xml; charset=utf-8");
            assertThat(get(server.url() + "/").body()).isEqualTo(server.url() + "/a.rss\n");
            assertThat(get(server.url() + "/../secret").statusCode()).isEqualTo(404);
            assertThat(get(server.url() + "/%2e%2e%2fsecret").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
