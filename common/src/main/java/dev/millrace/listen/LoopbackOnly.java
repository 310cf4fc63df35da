package dev.millrace.listen;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Stops the start of a service that others could reach, and that would not ask them who they are. */
public final class LoopbackOnly {

    /** The setting of the address. */
    public static final String HOST = "quarkus.http.host";

    private LoopbackOnly() {}

    /** Throws {@link IllegalStateException}, which says what to do, if the address is not this machine's alone. */
    public static void check(String host) {
        if (!holds(host)) {
            throw new IllegalStateException(("%s is '%s', which others can reach, but access control is off."
                            + " Turn it on with MILLRACE_ACCESS_ENABLED=true, or listen on 127.0.0.1.")
                    .formatted(HOST, host));
        }
    }

    static boolean holds(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
