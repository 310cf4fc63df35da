package dev.millrace.worker.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.worker.outbound.address.AddressPolicy;
import dev.millrace.worker.outbound.address.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenUrlsTest {

    /** Nobody answers there: a rule that breaks fails its test and bothers no one. */
    private static final Map<String, String> DOCUMENTATION_ONLY = Map.of(
            "millrace.worker.outbound.allow-addresses", "192.0.2.0/24",
            "millrace.worker.outbound.connect-timeout", "PT0.2S");

    private final Instant soon = Instant.now().plus(Duration.ofMinutes(1));

    private final AtomicInteger lookups = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:80/",
                "http://127.0.0.1./",
                "http://127.255.255.254/",
                "http://0.0.0.0/",
                "http://0.1.2.3/",
                "http://10.0.0.1/",
                "http://10.255.255.255/",
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://169.254.169.254/latest/meta-data/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.0.0.1/",
                "http://192.168.0.1/",
                "http://198.18.0.1/",
                "http://198.19.255.255/",
                "http://198.51.100.1/",
                "http://203.0.113.9/",
                "http://192.88.99.1/",
                "http://224.0.0.1/",
                "http://239.255.255.255/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://[::]/",
                "http://[::1]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[0000::0001]/",
                "http://[::127.0.0.1]/",
                "http://[::7f00:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::ffff:192.0.2.9]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001::1]/",
                "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
                "http://[2001:db8::1]/",
                "http://[fc00::1]/",
                "http://[fdff:ffff::1]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[100::1]/",
                "http://[4000::1]/",
                "http://[8000::1]/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://0/",
                "http://0x7f.1/",
                "http://127.0.0.01/",
                "http://256.1.1.1/",
                "http://1.2.3.4.5/",
                "http://4294967297/",
                "http://0x/",
                "http://①②⑦.⓪.⓪.①/",
                "http://127。0。0。1/",
                "http://１２７.0.0.1/",
                "http://127．0．0．1/",
                "http://user@192.0.2.9/",
                "http://user:secret@192.0.2.9/",
                "http://192.0.2.9@127.0.0.1/",
                "http://192.0.2.9\\@127.0.0.1/",
                "http://127.0.0.1\\.example.com/",
                "http://%31%32%37.0.0.1/",
                "http://127.0.0.1%2f.example.com/",
                "http://exa mple.com/",
                "http://straße.example/",
                "http://βόλος.example/",
                "http://example.com\r\nHost: x/",
                "http://exa\u200bmple.com/",
                "http:///etc/passwd",
                "http:/127.0.0.1/",
                "http:127.0.0.1",
                "//127.0.0.1/",
                "127.0.0.1",
                "",
                "http://",
                "http://:80/",
                "http://[::1/",
                "http://::1/",
                "http://-a.example/",
                "http://a..example/",
                "http://.example/",
                "http://a.example../",
                "http://192.0.2.9:0/",
                "http://192.0.2.9:65536/",
                "http://192.0.2.9:22/",
                "http://192.0.2.9:8080/",
                "http://192.0.2.9:080800/",
                "http://192.0.2.9:+80/",
                "http://192.0.2.9:80:80/",
                "file:///etc/passwd",
                "ftp://192.0.2.9/",
                "gopher://192.0.2.9:70/_x",
                "jar:http://192.0.2.9!/",
                "data:,x",
                "ldap://192.0.2.9/",
                "javascript:alert(1)",
                "http://192.0.2.9/a b",
                "http://192.0.2.9/a\"b"
            })
    void refusesWithoutConnecting(String url) {
        var failure = catchThrowable(() -> client().get(OutboundRequest.get(url, soon)));

        assertThat(failure).isInstanceOf(OutboundRefused.class).hasMessageNotContainingAny("secret", "user:");
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "100.64.1.1",
                "169.254.169.254",
                "::1",
                "fd00::1",
                "64:ff9b::7f00:1",
                "::ffff:127.0.0.1",
                "2002:a00:1::",
                "2001:0:1::1"
            })
    void refusesANameWithOneForbiddenAddressAmongGoodOnes(String address) {
        Resolver resolver = host -> List.of(address("192.0.2.9"), address(address), address("192.0.2.8"));

        assertThatThrownBy(() -> LocalWeb.client(resolver, DOCUMENTATION_ONLY)
                        .get(OutboundRequest.get("http://feeds.example/news?key=secret", soon)))
                .isInstanceOf(OutboundRefused.class)
                .hasMessageContaining("http://feeds.example/news")
                .hasMessageContaining("not public")
                .hasMessageNotContaining("secret");
    }

    @Test
    void asksOnceAndConnectsToWhatItChecked() throws IOException {
        try (var checked = new ServerSocket(0, 50, address("127.0.0.2"));
                var rebound = new ServerSocket(checked.getLocalPort(), 50, address("127.0.0.1"))) {
            Resolver rebinding = host -> List.of(address(lookups.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1"));
            var client = LocalWeb.client(
                    rebinding,
                    Map.of(
                            "millrace.worker.outbound.allow-addresses", "127.0.0.2/32",
                            "millrace.worker.outbound.allow-any-port", "true",
                            "millrace.worker.outbound.idle-timeout", "PT0.1S"));
            var request = OutboundRequest.get("http://rebind.example:" + checked.getLocalPort() + "/", soon);

            assertThatThrownBy(() -> client.get(request)).isInstanceOf(OutboundFailed.class);
            assertThat(lookups).hasValue(1);
            assertThat(hasVisitor(checked)).isTrue();
            assertThat(hasVisitor(rebound)).isFalse();

            assertThatThrownBy(() -> client.get(request)).isInstanceOf(OutboundRefused.class);
            assertThat(lookups).hasValue(2);
            assertThat(hasVisitor(rebound)).isFalse();
        }
    }

    /** Each octet of the field is one character. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//127.0.0.1/",
                "//127.0.0.1.:80",
                "http://[::1]/",
                "http://[::ffff:7f00:1]/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://127\u00e3\u0080\u00820\u00e3\u0080\u00820\u00e3\u0080\u00821/",
                "http://\u00ef\u00bc\u0091\u00ef\u00bc\u0092\u00ef\u00bc\u0097.0.0.1/",
                "http://192.0.2.9@127.0.0.1/",
                "http://user:secret@192.0.2.9/",
                "//192.0.2.9\\@127.0.0.1/",
                "\\\\127.0.0.1/",
                "//127.0.0.1 /",
                "//exa\u00e2\u0080\u008bmple.com/",
                "//\u00ff.example/",
                "http:/127.0.0.1/",
                "http:127.0.0.1",
                "http:///etc/passwd",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "//192.0.2.9:22/",
                "//192.0.2.9:0/"
            })
    void refusesRedirectsWithoutConnecting(String location) throws IOException {
        String answer = "HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n".formatted(location);
        try (var server = new RawServer(address("127.0.0.2"), port -> List.of(answer))) {
            var failure = catchThrowable(() -> redirected(server).get(OutboundRequest.get(server.url("/"), soon)));

            assertThat(failure).isInstanceOf(OutboundRefused.class).hasMessageNotContainingAny("secret", "user:");
            assertThat(lookups).hasValue(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    private OutboundHttp redirected(RawServer server) {
        return LocalWeb.client(
                host -> {
                    lookups.incrementAndGet();
                    return List.of(address("127.0.0.2"));
                },
                Map.of(
                        "millrace.worker.outbound.allow-addresses",
                        "127.0.0.2/32,192.0.2.0/24",
                        "millrace.worker.outbound.ports",
                        "80," + server.port()));
    }

    @Test
    void readsWhatFollowsAHashAsNoHost() throws OutboundRefused {
        assertThat(Target.parse("http://192.0.2.9#@127.0.0.1/../")).isEqualTo(new Target(false, "192.0.2.9", 80, "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "198.17.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888"
            })
    void allowsPublicAddresses(String address) {
        assertThat(AddressPolicy.allowing(List.of(), false).forbids(address(address)))
                .isEmpty();
    }

    @Test
    void allowsOnlyTheConfiguredExceptions() {
        var policy = AddressPolicy.allowing(List.of("10.20.0.0/16", "fd00:1::/32"), true);

        assertThat(List.of("10.20.3.4", "fd00:1::9", "127.0.0.9", "::1"))
                .allSatisfy(text -> assertThat(policy.forbids(address(text))).isEmpty());
        assertThat(List.of("10.21.0.0", "fd00:2::9", "169.254.0.1", "::2"))
                .allSatisfy(text -> assertThat(policy.forbids(address(text))).isPresent());
    }

    private OutboundHttp client() {
        return LocalWeb.client(
                host -> {
                    lookups.incrementAndGet();
                    return List.of(address("192.0.2.9"));
                },
                DOCUMENTATION_ONLY);
    }

    /** The kernel takes visitors in before anyone accepts them, so none can be on the way any more. */
    private static boolean hasVisitor(ServerSocket server) throws IOException {
        server.setSoTimeout(50);
        try (var visitor = server.accept()) {
            return visitor.isConnected();
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
