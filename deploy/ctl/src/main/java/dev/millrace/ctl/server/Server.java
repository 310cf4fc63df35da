package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** The api of one installation, asked with one token. It follows no redirect, so that the token goes nowhere else. */
public final class Server {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PROBLEMS = 300;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int PAGE = 200;

    private final String url;
    private final Optional<String> token;
    private final HttpClient client;

    /** @param url without a slash at its end */
    public Server(String url, Optional<String> token) {
        this.url = url;
        this.token = token;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        this.client = (url.startsWith("https:") ? builder : withoutTls(builder)).build();
    }

    /** Without the certificates of this machine, whose reading takes longer than a call: it trusts nobody, should it ever be asked. */
    private static HttpClient.Builder withoutTls(HttpClient.Builder builder) {
        try {
            SSLContext trustsNobody = SSLContext.getInstance("TLS");
            trustsNobody.init(new KeyManager[0], new TrustManager[0], null);
            return builder.sslContext(trustsNobody).sslParameters(new SSLParameters());
        } catch (GeneralSecurityException unusual) {
            return builder;
        }
    }

    public String url() {
        return url;
    }

    /**
     * The answer to a call.
     *
     * @throws Refused if its status is not of the two hundreds
     * @throws NotOffered if the server has no such operation
     * @throws NotReached if there was none
     */
    public Answer send(Call call) {
        Answer answer = exchange(call);
        if (answer.status() >= PROBLEMS) {
            throw refusal(call, answer);
        }
        return answer;
    }

    /** The answer to a call, whatever its status: probes answer 503 with what is wrong. */
    public Answer look(Call call) {
        return exchange(call);
    }

    /** The tree of what a call reads; empty if the server has no such operation. */
    public Optional<JsonNode> ask(Call call) {
        try {
            return Optional.of(send(call).json());
        } catch (NotOffered older) {
            return Optional.empty();
        }
    }

    /** The items of a whole list; empty if the server has no such list. */
    public Optional<List<JsonNode>> askAll(Call list) {
        try {
            return Optional.of(pages(list, Integer.MAX_VALUE).items());
        } catch (NotOffered older) {
            return Optional.empty();
        }
    }

    /** Reads page after page of a list until there are so many items, or none left. */
    public Pages pages(Call list, int most) {
        List<Answer> pages = new ArrayList<>();
        List<JsonNode> items = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            int limit = Math.min(PAGE, most - items.size());
            Answer page = send(next.map(cursor -> list.query("cursor", cursor))
                    .orElse(list)
                    .query("limit", limit));
            pages.add(page);
            page.json().path("items").forEach(items::add);
            next = Optional.of(page.json().path("nextCursor"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        } while (next.isPresent() && items.size() < most);
        return new Pages(List.copyOf(pages), List.copyOf(items), next);
    }

    /** A stream whose head has come in time; the caller closes its body. */
    HttpResponse<InputStream> open(Call call) {
        CompletableFuture<HttpResponse<InputStream>> head =
                client.sendAsync(request(call).build(), BodyHandlers.ofInputStream());
        return awaited(call, () -> {
            try {
                return head.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                head.cancel(true);
                throw new HttpTimeoutException("no head in time");
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
            }
        });
    }

    RuntimeException refusal(Call call, Answer answer) {
        boolean mayBeMissing = answer.status() == NOT_FOUND || answer.status() == NOT_ALLOWED;
        return mayBeMissing && lacks(call) ? new NotOffered(call) : new Refused(answer);
    }

    private Answer exchange(Call call) {
        HttpRequest request =
                request(call).timeout(ANSWER.plus(call.patience())).build();
        HttpResponse<String> response =
                awaited(call, () -> client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    private HttpRequest.Builder request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + call.path()))
                .method(call.method(), call.body().map(Server::publisher).orElse(BodyPublishers.noBody()))
                .header("User-Agent", "millrace-ctl");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        call.body().ifPresent(body -> request.header("Content-Type", body.type()));
        call.headers().forEach(request::header);
        return request;
    }

    private static BodyPublisher publisher(Call.Body body) {
        return BodyPublishers.ofString(body.text(), StandardCharsets.UTF_8);
    }

    /** Waits on the network. */
    private interface Waiting<T> {
        T done() throws IOException, InterruptedException;
    }

    private <T> T awaited(Call call, Waiting<T> waiting) {
        try {
            return waiting.done();
        } catch (ConnectException refused) {
            throw new NotReached("There is no connection to " + url + ". Is the api running, and is this its URL?");
        } catch (HttpTimeoutException late) {
            throw new NotReached("No answer of " + url + " in time to " + call.operation() + unknown(call));
        } catch (IOException broken) {
            throw new NotReached(
                    "The connection to " + url + " broke off (" + broken.getMessage() + ")" + unknown(call));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NotReached("Interrupted while waiting for " + url + unknown(call));
        }
    }

    private static String unknown(Call call) {
        return call.method().equals("GET") ? "." : "; whether it was carried out is not known.";
    }

    /** Whether the server lists its operations, and this is none of them. */
    private boolean lacks(Call call) {
        Answer listed = exchange(Call.getFromRoot("/q/openapi").query("format", "json"));
        JsonNode paths = listed.json().path("paths");
        return paths.isObject() && !Operations.has(paths, call);
    }
}
