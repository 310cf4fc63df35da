package dev.millrace.api.live;

import dev.millrace.api.base.config.Bounds;
import java.time.Duration;

/** What the live events of an instance may take. Checked when the service starts. */
record LiveSettings(
        Duration heartbeat,
        int clientEvents,
        long clientBytes,
        int recentEvents,
        long recentBytes,
        int searchedEntries) {

    LiveSettings {
        Bounds.require("millrace.api.live.heartbeat", heartbeat, Duration.ofSeconds(1), Duration.ofMinutes(5));
        Bounds.require("millrace.api.live.client-events", clientEvents, 1, 100_000);
        Bounds.require("millrace.api.live.client-bytes", clientBytes, 1 << 10, 1 << 30);
        Bounds.require("millrace.api.live.recent-events", recentEvents, 1, 10_000_000);
        Bounds.require("millrace.api.live.recent-bytes", recentBytes, 1 << 10, 8L << 30);
        Bounds.require("millrace.api.live.searched-entries", searchedEntries, 0, 10_000_000);
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming the first key that is out of its range
     */
    static LiveSettings of(LiveConfig config) {
        return new LiveSettings(
                config.heartbeat(),
                config.clientEvents(),
                config.clientBytes(),
                config.recentEvents(),
                config.recentBytes(),
                config.searchedEntries());
    }
}
