package dev.millrace.proving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Builds images with buildah, in a storage of its own. Their base is an empty one: no line of theirs runs a program
 * while they are built.
 */
record Images(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What came of it.
     *
     * @param configuration as OCI has it
     * @param files a line each: mode, owner/group, size, date, time, name
     */
    record Image(JsonNode configuration, List<String> files) {}

    static boolean canBeBuilt() throws IOException, InterruptedException {
        return Shell.end(Path.of("."), Map.of(), "buildah --version").status() == 0;
    }

    Image build(Path dockerfile, Path context) throws IOException, InterruptedException {
        buildah("build --isolation chroot --build-arg BASE=scratch -f %s -t built %s".formatted(dockerfile, context));
        buildah("push built oci:" + image());
        JsonNode manifest = JSON.readTree(blob(index().at("/manifests/0")).toFile());
        JsonNode configuration =
                JSON.readTree(blob(manifest.path("config")).toFile()).path("config");
        Path layer = blob(manifest.at("/layers/0"));
        String files = Shell.run("tar --numeric-owner -tvzf " + layer);
        return new Image(configuration, files.lines().toList());
    }

    private void buildah(String arguments) throws IOException, InterruptedException {
        Shell.run("buildah --root %1$s/root --runroot %1$s/run --storage-driver vfs %2$s".formatted(folder, arguments));
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
