package dev.millrace.ctl.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Unusable;

/** What bodies say of settings. */
public final class Settings {

    private Settings() {}

    /**
     * Puts a whole number, or null.
     *
     * @param typed the number, or the word
     * @param back the word by which a setting is set back
     */
    public static void put(ObjectNode body, String field, String typed, String back) {
        if (typed.equals(back)) {
            body.putNull(field);
        } else {
            body.put(field, number(typed, back));
        }
    }

    private static long number(String typed, String back) {
        try {
            return Long.parseLong(typed);
        } catch (NumberFormatException none) {
            throw new Unusable("'" + typed + "' is no whole number, and not '" + back + "'.");
        }
    }
}
