package dev.millrace.proving.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.proving.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.jandex.IndexReader;
import org.jboss.jandex.IndexView;

/** What the build of a service made for native-image: its arguments, the program's jar, and the libraries. */
record NativeSources(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIGURATION = "META-INF/native-image/";

    static NativeSources of(String service) {
        Path folder = Platform.checkout().resolve(service).resolve("target/native/native-sources");
        if (!Files.isDirectory(folder)) {
            throw new AssertionError(folder + " is not there: './mvnw verify' of the service makes it.");
        }
        return new NativeSources(folder);
    }

    String arguments() throws IOException {
        return Files.readString(folder.resolve("native-image.args"));
    }

    /** What lies in the program's jar. */
    List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(program().toFile())) {
            return jar.stream().map(Object::toString).toList();
        }
    }

    List<String> libraries() throws IOException {
        return files("lib").map(NativeSources::original).toList();
    }

    /** The name of a library before the build took classes out of it or changed some. */
    private static String original(Path library) {
        return library.getFileName().toString().replaceFirst("^modified-", "");
    }

    /** The index of the program's classes. */
    IndexView index() throws IOException {
        try (JarFile jar = new JarFile(program().toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry("META-INF/jandex.idx"))) {
            return new IndexReader(in).read();
        }
    }

    /** The classes whose constructors, methods and fields reflection finds all of. */
    List<String> reflected() throws IOException {
        return elements(configuration("reflect-config.json"))
                .filter(entry -> Stream.of("Constructors", "Methods", "Fields")
                        .allMatch(what -> entry.path("allDeclared" + what).asBoolean()))
                .map(entry -> entry.path("name").asText())
                .toList();
    }

    /** The patterns of resources that the image holds. */
    List<String> resources() throws IOException {
        return patterns(configuration("resource-config.json"));
    }

    /** The resource bundles that the image holds: those that the build names, and those of our libraries. */
    Set<String> bundles() throws IOException {
        return Stream.of(configuration("resource-config.json"), configurationOf("millrace-common"))
                .flatMap(resources -> elements(resources.path("bundles")))
                .map(bundle -> bundle.path("name").asText())
                .collect(Collectors.toSet());
    }

    /** The lookups of resource bundles in libraries. */
    List<Bundles> bundlesAskedFor() throws IOException {
        List<Bundles> asked = new ArrayList<>();
        for (Path library : files("lib").toList()) {
            asked.addAll(Bundles.askedFor(library));
        }
        return asked;
    }

    /** What the program itself has as configuration. */
    String defaults() throws IOException {
        StringBuilder defaults = new StringBuilder();
        for (String file : List.of("application.properties", "META-INF/microprofile-config.properties")) {
            if (entries().contains(file)) {
                defaults.append(text(program(), file));
            }
        }
        return defaults.toString();
    }

    JsonNode proxies() throws IOException {
        return configuration("proxy-config.json");
    }

    private JsonNode configuration(String name) throws IOException {
        return JSON.readTree(text(program(), CONFIGURATION + name));
    }

    /** The resources that a library of ours adds. */
    List<String> resourcesOf(String artifact) throws IOException {
        return patterns(configurationOf(artifact));
    }

    private JsonNode configurationOf(String artifact) throws IOException {
        return JSON.readTree(text(
                library("dev.millrace." + artifact),
                CONFIGURATION + "dev.millrace/" + artifact + "/resource-config.json"));
    }

    /** A class file of a library, in which its texts stand as they are. */
    String constantsOf(String artifact, String type) throws IOException {
        return text(library(artifact), type.replace('.', '/') + ".class");
    }

    private static List<String> patterns(JsonNode resources) {
        return elements(resources.at("/resources/includes"))
                .map(include -> include.path("pattern").asText())
                .toList();
    }

    private Path library(String name) throws IOException {
        return files("lib")
                .filter(file -> original(file).startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private Path program() throws IOException {
        Optional<Path> jar = files("")
                .filter(file -> file.toString().endsWith("-runner.jar"))
                .findFirst();
        return jar.orElseThrow();
    }

    private Stream<Path> files(String below) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.toList().stream();
        }
    }

    private static String text(Path file, String entry) throws IOException {
        try (JarFile jar = new JarFile(file.toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
