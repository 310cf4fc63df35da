package dev.millrace.testkit.house;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java file of the checkout, named after its type.
 *
 * @param code its text without comments and without imports that only comments need
 */
public record JavaSource(String packageName, String name, String code) {

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]+\\.(\\w+);$");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);$");

    /** Returns the types of the main code below a folder. */
    public static List<JavaSource> mainOf(String folder) {
        return Checkout.files(folder, ".java")
                .filter(file -> file.toString().contains("/src/main/"))
                .filter(file -> !file.endsWith("package-info.java"))
                .map(JavaSource::of)
                .toList();
    }

    private static JavaSource of(Path file) {
        String code = COMMENT.matcher(Checkout.text(file)).replaceAll("");
        String body = IMPORT.matcher(code).replaceAll("");
        String needed = IMPORT.matcher(code)
                .replaceAll(line -> isWord(line.group(1), body) ? Matcher.quoteReplacement(line.group()) : "");
        Matcher home = PACKAGE.matcher(code);
        if (!home.find()) {
            throw new IllegalArgumentException(file + " is in no package.");
        }
        String name = file.getFileName().toString().replace(".java", "");
        return new JavaSource(home.group(1), name, needed);
    }

    public String fullName() {
        return packageName + "." + name;
    }

    /** Whether other packages see it. */
    public boolean isPublic() {
        return Pattern.compile("(?m)^public [a-z @-]*\\b" + name + "\\b")
                .matcher(code)
                .find();
    }

    /** Whether the code needs the other type: by an import, by its full name, or as a neighbour. */
    public boolean names(JavaSource other) {
        boolean neighbour =
                packageName.equals(other.packageName) && !name.equals(other.name) && isWord(other.name, code);
        return neighbour || isWord(Pattern.quote(other.fullName()), code);
    }

    private static boolean isWord(String word, String text) {
        return Pattern.compile("\\b" + word + "\\b").matcher(text).find();
    }
}
