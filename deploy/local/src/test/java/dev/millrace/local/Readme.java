package dev.millrace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page's commands and classes. */
record Readme(String text) {

    static Readme of(Path page) throws IOException {
        return new Readme(Files.readString(page));
    }

    List<String> commands() {
        return blocks("sh");
    }

    List<String> classes() {
        return blocks("java");
    }

    private List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
