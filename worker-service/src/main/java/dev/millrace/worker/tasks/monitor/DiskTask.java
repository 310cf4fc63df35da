package dev.millrace.worker.tasks.monitor;

import dev.millrace.task.PermanentFailure;
import dev.millrace.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks how much room is left on a disk of the worker that happens to run it. */
@ApplicationScoped
public class DiskTask {

    /**
     * Returns how much room there is.
     *
     * @throws BeyondLimit if it is less than the payload asks for
     * @throws PermanentFailure if what the path lies on has no size
     * @throws IOException if the system does not say
     */
    @Task(
            name = "monitor.disk",
            queue = "maintenance",
            timeout = "PT1M",
            description = "Tells how much room a disk of the worker has, and fails below a limit.")
    public DiskRoom look(DiskCheck payload) throws IOException {
        DiskRoom room = room(payload.place());
        payload.complaint(room).ifPresent(complaint -> {
            throw new BeyondLimit(complaint);
        });
        return room;
    }

    private static DiskRoom room(Path place) throws IOException {
        FileStore store = Files.getFileStore(nearest(place));
        long total = store.getTotalSpace();
        if (total <= 0) {
            throw new PermanentFailure("%s lies on no disk, but on '%s'.".formatted(place, store.type()));
        }
        return DiskRoom.of(place.toString(), total, store.getUsableSpace());
    }

    /** What is not there, or not for us, lies where its folder does: so the answer never tells which files there are. */
    private static Path nearest(Path place) {
        Path parent = place.getParent();
        return Files.exists(place) || parent == null ? place : nearest(parent);
    }
}
