package dev.millrace.proving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README's commands, and the file it asks to be saved. */
record Readme(String text) {

    private static final Pattern COMMAND = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern FILE =
            Pattern.compile("Save this class as\\s+`([^`]+)`:\\s+```java\n(.*?)```", Pattern.DOTALL);

    static Readme of(Path checkout) throws IOException {
        return new Readme(Files.readString(checkout.resolve("README.md")));
    }

    List<String> commands() {
        return COMMAND.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Saves the class where the text says. */
    void saveClassIn(Path checkout) throws IOException {
        MatchResult found = FILE.matcher(text).results().findFirst().orElseThrow();
        Path file = checkout.resolve(found.group(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, found.group(2));
    }
}
