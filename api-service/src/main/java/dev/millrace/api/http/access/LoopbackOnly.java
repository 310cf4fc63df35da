package dev.millrace.api.http.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Stops the start of a service that others could reach, and that would not ask them who they are. */
final class LoopbackOnly {

    static final String HOST = "quarkus.http.host";

    private LoopbackOnly() {}

    static void check(String host) {
        if (!loopback(host)) {
            throw new IllegalStateException(("%s is '%s', which others can reach, but access control is off."
                            + " Turn it on with MILLRACE_ACCESS_ENABLED=true, or listen on 127.0.0.1.")
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
