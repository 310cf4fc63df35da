package dev.millrace.proving.sources;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A class of a library that looks up texts by {@link java.util.ResourceBundle}, which an executable holds only if they are named
 * for it; asked for another, it throws something else than what it was about to tell.
 *
 * @param asker the class
 * @param names what it may ask for, as far as its library has it; empty if the names are put together elsewhere
 */
record Bundles(String asker, Set<String> names) {

    /** Askers whose texts no executable needs, by how their names begin, and why. */
    private static final Map<String, String> NOT_NEEDED = Map.of(
            "com.ctc.wstx.shaded.msv_core.", "Woodstox's checking of XML against schemas, which nothing calls",
            "com.cronutils.", "cron of Quarkus' scheduler, which has no cron of ours",
            "com.networknt.schema.", "it catches that there are none, and the api tells in words of its own",
            "com.sun.istack.", "JAXB",
            "jakarta.el.", "expressions of cron-utils' checks of classes, which nothing calls",
            "jakarta.xml.bind.", "JAXB, by which Hibernate reads mappings when it is built",
            "org.glassfish.expressly.", "expressions",
            "org.glassfish.jaxb.", "JAXB",
            "org.jboss.logmanager.", "it logs what it is given where there is none",
            "org.postgresql.", "it catches that there is no translation, and speaks English");

    private static final Pattern TEXTS = Pattern.compile("(?<name>[\\w/$-]+?)(_[a-z]{2,3}(_[A-Z]{2})?)?\\.properties");

    /** Those of a jar; what no class file says is left to whoever names the askers. */
    static List<Bundles> askedFor(Path library) throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            Set<String> texts = jar.stream()
                    .map(entry -> TEXTS.matcher(entry.getName()))
                    .filter(name -> name.matches())
                    .map(name -> name.group("name").replace('/', '.'))
                    .collect(Collectors.toSet());
            List<Bundles> asked = new ArrayList<>();
            for (JarEntry entry : jar.stream().filter(Bundles::isClass).toList()) {
                String constants = constants(jar, entry);
                if (constants.contains("java/util/ResourceBundle") && constants.contains("getBundle")) {
                    asked.add(new Bundles(
                            entry.getName().replace(".class", "").replace('/', '.'),
                            texts.stream().filter(constants::contains).collect(Collectors.toSet())));
                }
            }
            return asked;
        }
    }

    boolean isNeeded() {
        return NOT_NEEDED.keySet().stream().noneMatch(asker::startsWith);
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
    }

    /** The names and texts of a class file stand in it as they are, as long as they are ASCII. */
    private static String constants(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }
}
