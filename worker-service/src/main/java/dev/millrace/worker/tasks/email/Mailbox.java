package dev.millrace.worker.tasks.email;

import dev.millrace.worker.outbound.uri.HostName;
import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a mail is from or for.
 *
 * @param name what people are shown, or nothing
 * @param address what servers use, in ASCII: {@code local@domain}
 */
record Mailbox(String name, String address) {

    private static final int LONGEST = 254;
    private static final int LONGEST_NAME = 200;
    private static final Pattern NAMED = Pattern.compile("(?<name>[^<>]*?) *<(?<address>[^<>]*)>|(?<bare>[^<>]*)");
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile("(?=.{1,64}$)" + ATOM + "(\\." + ATOM + ")*");
    private static final Pattern DOMAIN =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");

    /**
     * Reads {@code jane@example.org} and {@code Jane Doe <jane@example.org>}.
     *
     * @param field where the text stands, for the message
     * @throws IllegalArgumentException if it is neither; the message does not repeat it
     */
    static Mailbox parse(String field, String text) {
        OneLine.require(field, text);
        Matcher parts = NAMED.matcher(text.strip());
        if (!parts.matches()) {
            throw wrong(field);
        }
        String name =
                parts.group("name") == null ? "" : unquoted(parts.group("name").strip());
        String address = parts.group("bare") == null ? parts.group("address") : parts.group("bare");
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw wrong(field);
        }
        return new Mailbox(name, ascii(field, address));
    }

    String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    }

    private static String ascii(String field, String address) {
        int at = address.lastIndexOf('@');
        String domain = at < 0 ? "" : domain(field, address.substring(at + 1));
        if (at < 0
                || !LOCAL.matcher(address.substring(0, at)).matches()
                || !DOMAIN.matcher(domain).matches()) {
            throw wrong(field);
        }
        String ascii = address.substring(0, at) + "@" + domain;
        if (ascii.length() > LONGEST) {
            throw wrong(field);
        }
        return ascii;
    }

    private static String domain(String field, String domain) {
        if (HostName.hasTwoReadings(domain)) {
            throw new IllegalArgumentException(
                    "%s has a domain with a letter that programs read in two ways, such as ß: write the domain as xn--…"
                            .formatted(field));
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw wrong(field);
        }
    }

    private static IllegalArgumentException wrong(String field) {
        return new IllegalArgumentException(
                "%s is no mail address: write jane@example.org or Jane Doe <jane@example.org>, in ASCII but for the name and the domain."
                        .formatted(field));
    }
}
