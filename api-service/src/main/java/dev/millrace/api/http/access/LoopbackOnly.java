package dev.millrace.api.http.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.Config;

/** Stops the start of a service that others could reach, as long as it would not ask them who they are. */
@ApplicationScoped
public class LoopbackOnly {

    private static final String HOST = "quarkus.http.host";

    void check(@Observes StartupEvent starting, Config config) {
        check(config.getValue(HOST, String.class));
    }

    static void check(String host) {
        if (!loopback(host)) {
            throw new IllegalStateException(("%s is '%s', which others can reach, but access control is off. "
                            + "Listen on 127.0.0.1, and let a proxy that knows its users stand in front.")
                    .formatted(HOST, host));
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
