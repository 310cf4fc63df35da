package dev.millrace.api.http.access.credential;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A token as its holder sends it: {@code mr_<id>_<secret>}, the id of 8 characters, the secret of 32 random bytes in 43
 * digits of base 62. That of a session is {@code ms_<id>_<secret>}, with an id of 12 characters, so that no id is one of both. Its
 * own text never shows: not in logs, and not in a failure.
 *
 * @param session whether it is a session's
 * @param value as it is sent
 */
public record TokenText(boolean session, String id, String value) {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int ID_DIGITS = 8;
    private static final int SESSION_ID_DIGITS = 12;
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_DIGITS = 43;
    private static final Pattern TOKEN = Pattern.compile("mr_([0-9A-Za-z]{8})_[0-9A-Za-z]{43}");
    private static final Pattern SESSION = Pattern.compile("ms_([0-9A-Za-z]{12})_[0-9A-Za-z]{43}");
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{8}");

    /** A new one. */
    public static TokenText next(RandomGenerator random) {
        return next(false, "mr_", ID_DIGITS, random);
    }

    /** That of a new session. */
    public static TokenText nextOfSession(RandomGenerator random) {
        return next(true, "ms_", SESSION_ID_DIGITS, random);
    }

    private static TokenText next(boolean session, String kind, int idDigits, RandomGenerator random) {
        String id = digits(idDigits, place -> random.nextInt(DIGITS.length()));
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new TokenText(session, id, kind + id + "_" + base62(new BigInteger(1, secret)));
    }

    /** Empty if the text is neither a token nor a session's. */
    public static Optional<TokenText> read(String text) {
        return read(false, TOKEN, text).or(() -> read(true, SESSION, text));
    }

    private static Optional<TokenText> read(boolean session, Pattern form, String text) {
        Matcher token = form.matcher(text);
        return token.matches() ? Optional.of(new TokenText(session, token.group(1), text)) : Optional.empty();
    }

    /** Whether one stands somewhere in the text. */
    public static boolean isIn(String text) {
        return TOKEN.matcher(text).find() || SESSION.matcher(text).find();
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "token " + id;
    }

    private static String base62(BigInteger number) {
        BigInteger[] places = new BigInteger[SECRET_DIGITS];
        BigInteger rest = number;
        for (int place = SECRET_DIGITS - 1; place >= 0; place--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            rest = parts[0];
            places[place] = parts[1];
        }
        return digits(SECRET_DIGITS, place -> places[place].intValueExact());
    }

    private static String digits(int count, IntUnaryOperator digit) {
        return IntStream.range(0, count)
                .map(digit)
                .mapToObj(value -> String.valueOf(DIGITS.charAt(value)))
                .collect(Collectors.joining());
    }
}
