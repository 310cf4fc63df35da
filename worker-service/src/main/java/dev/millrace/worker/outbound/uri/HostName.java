package dev.millrace.worker.outbound.uri;

import java.util.regex.Pattern;

/** Names of hosts in the letters of all languages. */
public final class HostName {

    /** {@link java.net.IDN} has the rules of 2003, which map these away; those of 2008, which are in use, keep them. */
    private static final Pattern DEVIATIONS = Pattern.compile("[ßẞς\u200c\u200d]");

    private HostName() {}

    /** Whether the two sets of rules make different names of it, and so lead to different hosts. */
    public static boolean hasTwoReadings(String name) {
        return DEVIATIONS.matcher(name).find();
    }
}
