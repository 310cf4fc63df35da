package dev.millrace.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Who this process is.
 *
 * @param host on which it runs, of the characters of a name; the service's name where the host has none
 * @param name never used by another process, now or later: the name of its consumers and groups in Redis
 */
public record Identity(String host, String name) {

    private static final int MAX_HOST = 96;
    private static final int CHANCE_BYTES = 4;

    public Identity {
        Names.check("A process's name", name);
    }

    /** A new name for a process of a service on this host. */
    public static Identity of(String service, RandomGenerator chance) {
        String host = host(service);
        byte[] bytes = new byte[CHANCE_BYTES];
        chance.nextBytes(bytes);
        return new Identity(host, host + "-" + HexFormat.of().formatHex(bytes));
    }

    private static String host(String service) {
        try {
            String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
            return host.substring(0, Math.min(MAX_HOST, host.length()));
        } catch (UnknownHostException nameless) {
            return service;
        }
    }
}
