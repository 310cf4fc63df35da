package dev.millrace.ctl.verb;

import dev.millrace.ctl.server.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Arguments that may stand elsewhere: {@code @FILE} in a file, {@code -} on standard input. */
public final class Inputs {

    private Inputs() {}

    /** The text that an argument is, or names. */
    public static String read(String argument, Session session) {
        if (argument.equals("-")) {
            return session.input();
        }
        return argument.startsWith("@") ? file(argument.substring(1)) : argument;
    }

    /** The text of a file; of standard input for {@code -}. */
    public static String readFile(String name, Session session) {
        return name.equals("-") ? session.input() : file(name);
    }

    private static String file(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException | InvalidPathException unreadable) {
            throw new Unusable("The file '" + name + "' cannot be read as text in UTF-8.");
        }
    }
}
