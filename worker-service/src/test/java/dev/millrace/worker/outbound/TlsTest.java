package dev.millrace.worker.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final AtomicReference<String> serverName = new AtomicReference<>("");
    private HttpsServer server;
    private SSLContext context;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        context = contextOf(selfSigned(folder.resolve("keys.p12")));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            serverName.set(requestedName((HttpsExchange) exchange));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.createContext("/downgrade", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://feeds.example.com/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @Test
    void namesTheHostInTheHandshakeAndChecksItsCertificate() throws Exception {
        try (var response = client(context.getSocketFactory()).get(request("feeds.example.com", "/"))) {
            assertThat(response.body().readAllBytes()).asString().isEqualTo("ok");
        }
        assertThat(serverName).hasValue("feeds.example.com");
    }

    @Test
    void refusesACertificateForAnotherName() {
        assertThatThrownBy(() -> client(context.getSocketFactory()).get(request("other.example.com", "/")))
                .isInstanceOf(OutboundFailed.class)
                .hasMessageContaining("TLS failed");
    }

    @Test
    void refusesACertificateThatNobodyTrusts() {
        assertThatThrownBy(() ->
                        client((SSLSocketFactory) SSLSocketFactory.getDefault()).get(request("feeds.example.com", "/")))
                .isInstanceOf(OutboundFailed.class)
                .hasMessageContaining("TLS failed");
    }

    @Test
    void doesNotFollowARedirectToPlainHttp() {
        assertThatThrownBy(() -> client(context.getSocketFactory()).get(request("feeds.example.com", "/downgrade")))
                .isInstanceOf(OutboundRefused.class)
                .hasMessageContaining("from https to http");
    }

    private OutboundRequest request(String host, String path) {
        var soon = Instant.now().plus(Duration.ofMinutes(1));
        return OutboundRequest.get("https://" + host + ":" + server.getAddress().getPort() + path, soon);
    }

    private static OutboundHttp client(SSLSocketFactory tls) {
        return new OutboundHttp(
                LocalWeb.config(LocalWeb.loopbackAnd(Map.of())),
                host -> List.of(InetAddress.getLoopbackAddress()),
                tls,
                InstantSource.system());
    }

    private static String requestedName(HttpsExchange exchange) {
        return ((ExtendedSSLSession) exchange.getSSLSession())
                .getRequestedServerNames().stream()
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse("none");
    }

    private static KeyStore selfSigned(Path file) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "web",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=feeds.example.com",
                        "-ext",
                        "SAN=dns:feeds.example.com",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext contextOf(KeyStore keys) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trustStore(keys));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trustStore(KeyStore keys) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("web", keys.getCertificate("web"));
        return trust;
    }
}
