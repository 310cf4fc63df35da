package dev.millrace.worker.outbound;

import dev.millrace.worker.outbound.uri.HostName;
import dev.millrace.worker.outbound.uri.PercentEncoding;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that was taken apart strictly: what two parsers could read differently is refused, not interpreted.
 *
 * @param secure https rather than http
 * @param host an ASCII name in lower case without a trailing dot, four decimal numbers, or an IPv6 address in brackets
 * @param port 1 to 65,535
 * @param path the path and query as they are sent, in ASCII, beginning with a slash
 */
record Target(boolean secure, String host, int port, String path) {

    private static final int MAX_LENGTH = 4096;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;
    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(?:#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:@%]+)(?::(\\d{1,5}))?");
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
    private static final Pattern FOUR_NUMBERS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    /** @throws OutboundRefused if the text is no plain http or https URL; the message does not repeat it */
    static Target parse(String text) throws OutboundRefused {
        Matcher url = match(URL, withoutSurprises(text), "The URL must begin with http:// or https://.");
        if (url.group(2).contains("@")) {
            throw new OutboundRefused("The URL carries a user name or a password: leave them out.");
        }
        Matcher authority = match(AUTHORITY, url.group(2), "The URL's host or port is malformed.");
        boolean secure = url.group(1).equalsIgnoreCase("https");
        return new Target(secure, host(authority.group(1)), port(secure, authority), path(url.group(3)));
    }

    /** What the {@code Host} field says. */
    String authority() {
        return port == (secure ? HTTPS : HTTP) ? host : host + ":" + port;
    }

    boolean isAddress() {
        return host.startsWith("[") || FOUR_NUMBERS.matcher(host).matches();
    }

    /**
     * The address that the host is, if it is one.
     *
     * @throws OutboundRefused if it is no valid IPv6 address, or one that only wraps an IPv4 address
     */
    InetAddress address() throws OutboundRefused {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!host.startsWith("[") || address instanceof Inet6Address) {
                return address;
            }
        } catch (UnknownHostException malformed) {
            // Said below: nothing was looked up, for brackets and four numbers never are.
        }
        throw new OutboundRefused("The URL's host is not an IPv6 address in its own right.");
    }

    /** What the certificate must be for: a name, or an address without brackets. */
    String tlsName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    boolean hasOriginOf(Target other) {
        return secure == other.secure && host.equals(other.host) && port == other.port;
    }

    String url() {
        return origin() + path;
    }

    /** For people and logs: without the query, which may carry secrets. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return origin() + (query < 0 ? path : path.substring(0, query));
    }

    private String origin() {
        return (secure ? "https://" : "http://") + authority();
    }

    private static String withoutSurprises(String text) throws OutboundRefused {
        requireLength(text);
        if (text.chars().anyMatch(Target::isSurprising)) {
            throw new OutboundRefused("The URL contains white space, a control character or a backslash: escape it.");
        }
        return text;
    }

    private static boolean isSurprising(int character) {
        return character == '\\'
                || Character.isISOControl(character)
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }

    private static String host(String text) throws OutboundRefused {
        if (text.startsWith("[")) {
            return text.toLowerCase(Locale.ROOT);
        }
        String name = withoutTrailingDot(ascii(text));
        if (NUMERIC.matcher(name).matches()) {
            match(FOUR_NUMBERS, name, "The URL's host is an address in an unusual form: write four decimal numbers.");
            return name;
        }
        match(NAME, name, "The URL's host is not a valid name.");
        return name;
    }

    /** Maps full-width digits, ideographic dots and the like to what they stand for, so that the checks see it. */
    private static String ascii(String text) throws OutboundRefused {
        if (HostName.hasTwoReadings(text)) {
            throw new OutboundRefused(
                    "The URL's host has a letter that programs read in two ways, such as ß: write it as xn--….");
        }
        try {
            return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new OutboundRefused("The URL's host is not a valid name.");
        }
    }

    private static String withoutTrailingDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static int port(boolean secure, Matcher authority) throws OutboundRefused {
        if (authority.group(2) == null) {
            return secure ? HTTPS : HTTP;
        }
        int port = Integer.parseInt(authority.group(2));
        if (port < 1 || port > MAX_PORT) {
            throw new OutboundRefused("The URL's port is %d: it must be from 1 to %d.".formatted(port, MAX_PORT));
        }
        return port;
    }

    private static String path(String text) throws OutboundRefused {
        if (!PercentEncoding.isInOrder(text)) {
            throw new OutboundRefused("The URL's path or query has a character that must be escaped.");
        }
        String path = PercentEncoding.escaped(text, StandardCharsets.UTF_8);
        requireLength(path);
        return path.startsWith("/") ? path : "/" + path;
    }

    private static void requireLength(String text) throws OutboundRefused {
        if (text.length() > MAX_LENGTH) {
            throw new OutboundRefused("The URL has %d characters, more than %d.".formatted(text.length(), MAX_LENGTH));
        }
    }

    private static Matcher match(Pattern rule, String text, String otherwise) throws OutboundRefused {
        Matcher matcher = rule.matcher(text);
        if (!matcher.matches()) {
            throw new OutboundRefused(otherwise);
        }
        return matcher;
    }
}
