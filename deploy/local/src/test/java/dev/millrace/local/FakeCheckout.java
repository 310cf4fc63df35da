package dev.millrace.local;

import dev.millrace.local.run.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout whose three services are "built": each jar holds {@link FakeService}. */
final class FakeCheckout {

    private FakeCheckout() {}

    static void makeIn(Path folder) throws IOException {
        for (Role role : Role.values()) {
            writeJar(role.jar(folder));
        }
        Path samples = Files.createDirectories(folder.resolve("deploy/local/samples"));
        Files.writeString(samples.resolve("weekly.rss"), "<rss/>");
    }

    /** The same as executables, each of which stands in for a native one. */
    static void makeNativelyIn(Path folder) throws IOException {
        makeIn(folder);
        for (Role role : Role.values()) {
            String name = "millrace-" + role.key() + "-service-1.0-runner";
            writeExecutable(role.target(folder).resolve(name), role.jar(folder));
        }
    }

    /** A script that takes the options of a native executable and becomes a JVM, which names it in its command line. */
    static void writeExecutable(Path file, Path jar) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                file,
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 \"$@\" \"-Dexecutable=$0\" -jar '%s'\n"
                        .formatted(java, jar));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void writeJar(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest())) {
            copy("FakeService.class", jar);
            copy("FakeService$Answer.class", jar);
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        return manifest;
    }

    private static void copy(String name, JarOutputStream jar) throws IOException {
        try (InputStream in = FakeService.class.getResourceAsStream(name)) {
            jar.putNextEntry(new JarEntry("dev/millrace/local/" + name));
            Objects.requireNonNull(in, name).transferTo(jar);
        }
    }
}
