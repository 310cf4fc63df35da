package dev.millrace.worker.tasks.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the corpus. It begins with a sentence on what it shows, and with what differs from the usual: the
 * {@code path} under which the document is served, its {@code content-type}, and the encoding of its {@code bytes}. Then
 * come the document and what is read from it. In the document, <code>{server}</code> is the server's address,
 * <code>{0x07}</code> a raw byte, and <code>{200 × x}</code> repeats.
 *
 * @param name of the file
 * @param settings what differs from the usual
 * @param document as text
 * @param result as {@link FeedCorpusTest} writes it
 */
record FeedCase(String name, Map<String, String> settings, String document, String result) {

    private static final Pattern FILE =
            Pattern.compile("(?s)([^\\n]+)\\n((?:[a-z-]+: [^\\n]*\\n)*)==== document\\n(.*)\\n==== result\\n(.*)");
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+) × (.+?)}");
    private static final Pattern RAW = Pattern.compile("\\{0x([0-9A-F]{2})}|[^{]+|\\{");
    private static final int HEX = 16;

    static List<FeedCase> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().map(FeedCase::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return settings.getOrDefault("path", "/feed");
    }

    String contentType() {
        return settings.getOrDefault("content-type", "application/xml");
    }

    byte[] bytes(String server) {
        Charset charset = Charset.forName(settings.getOrDefault("bytes", "UTF-8"));
        String text = REPEATED.matcher(document.replace("{server}", server)).replaceAll(FeedCase::repeated);
        var bytes = new ByteArrayOutputStream();
        RAW.matcher(text).results().forEach(part -> bytes.writeBytes(bytes(part, charset)));
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }

    private static byte[] bytes(MatchResult part, Charset charset) {
        String raw = part.group(1);
        return raw == null ? part.group().getBytes(charset) : new byte[] {(byte) Integer.parseInt(raw, HEX)};
    }

    private static String repeated(MatchResult repeated) {
        return Matcher.quoteReplacement(repeated.group(2).repeat(Integer.parseInt(repeated.group(1))));
    }

    private static Path folder() {
        try {
            URI folder = FeedCase.class.getResource("corpus").toURI();
            return Path.of(folder);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FeedCase of(Path file) {
        Matcher parts = FILE.matcher(read(file));
        if (!parts.matches()) {
            throw new IllegalArgumentException(file + " has not the parts that a case has.");
        }
        Map<String, String> settings = Arrays.stream(parts.group(2).split("\\n"))
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        String name = file.getFileName().toString().replace(".txt", "");
        return new FeedCase(name, settings, parts.group(3), parts.group(4));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
