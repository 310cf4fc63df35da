package dev.millrace.worker.outbound.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host's name into its addresses. Asked once per hop; what it answers is checked and then connected to. */
@FunctionalInterface
public interface Resolver {

    /**
     * Looks a name up.
     *
     * @param host an ASCII name in lower case without a trailing dot, never an address
     * @return at least one address, the preferred one first
     * @throws UnknownHostException if the name has none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
