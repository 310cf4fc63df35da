package dev.millrace.proving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Builds images with buildah, in a storage of its own. Their base is an empty one, or one of this machine's libraries: no
 * line of theirs runs a program while they are built.
 */
record Images(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What came of it.
     *
     * @param configuration as OCI has it
     * @param files that it adds to its base, a line each: mode, owner/group, size, date, time, name
     * @param bytes what these take up when they are packed
     */
    record Image(JsonNode configuration, List<String> files, long bytes) {}

    static boolean canBeBuilt() throws IOException, InterruptedException {
        return Shell.end(Path.of("."), Map.of(), "buildah --version").status() == 0;
    }

    Image build(Path dockerfile, Path context) throws IOException, InterruptedException {
        return build(dockerfile, context, "scratch");
    }

    /** On a base that holds this machine's libraries, those that an executable needs: no registry is asked for one. */
    Image buildOnLibrariesOf(Path executable, Path dockerfile, Path context) throws IOException, InterruptedException {
        String container = buildah("from scratch").strip();
        for (String library : Shell.run("ldd " + executable).split("\\s+", -1)) {
            if (library.startsWith("/")) {
                buildah("copy %s %s %s".formatted(container, Path.of(library).toRealPath(), library));
            }
        }
        buildah("commit %s libraries".formatted(container));
        return build(dockerfile, context, "localhost/libraries");
    }

    /** The file system of the image that was built last. */
    Path mounted() throws IOException, InterruptedException {
        return Path.of(buildah("mount " + buildah("from built").strip()).strip());
    }

    private Image build(Path dockerfile, Path context, String base) throws IOException, InterruptedException {
        buildah("build --isolation chroot --build-arg BASE=%s -f %s -t built %s".formatted(base, dockerfile, context));
        buildah("push built oci:" + image());
        JsonNode manifest = JSON.readTree(blob(index().at("/manifests/0")).toFile());
        JsonNode configuration =
                JSON.readTree(blob(manifest.path("config")).toFile()).path("config");
        JsonNode layers = manifest.path("layers");
        Path layer = blob(layers.get(layers.size() - 1));
        String files = Shell.run("tar --numeric-owner -tvzf " + layer);
        return new Image(configuration, files.lines().toList(), Files.size(layer));
    }

    private String buildah(String arguments) throws IOException, InterruptedException {
        return Shell.run(
                "buildah --root %1$s/root --runroot %1$s/run --storage-driver vfs %2$s".formatted(folder, arguments));
    }

    private Path image() {
        return folder.resolve("image");
    }

    private JsonNode index() throws IOException {
        return JSON.readTree(image().resolve("index.json").toFile());
    }

    private Path blob(JsonNode reference) {
        return image().resolve("blobs")
                .resolve(reference.path("digest").asText().replace(':', '/'));
    }
}
