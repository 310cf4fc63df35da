package dev.millrace.api.live;

import dev.millrace.api.base.config.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How live events reach clients. Checked when the service starts. */
@ConfigMapping(prefix = "millrace.api.live")
interface LiveConfig {

    /**
     * A comment goes to a client that was sent nothing for so long, PT1S to PT5M. Proxies cut connections that are silent
     * longer than they like.
     */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** Events that may wait for one client, 1 to 100,000; one more, and it is sent away as lagging. */
    @WithDefault("256")
    int clientEvents();

    /** Bytes that may wait for one client, 1 KiB to 1 GiB, likewise. */
    @WithDefault("262144")
    long clientBytes();

    /** Recent events that this instance keeps, so that clients that come back need not ask Redis, 1 to 10,000,000. */
    @WithDefault("65536")
    int recentEvents();

    /** Heap that those may take, in bytes, 1 KiB to 8 GiB. */
    @WithDefault("67108864")
    long recentBytes();

    /** Entries of Redis that are searched for a client that was away longer, 0 to 10,000,000; beyond that it restarts. */
    @WithDefault("100000")
    int searchedEntries();

    /** Throws {@link IllegalArgumentException} naming the first key that is out of its range. */
    static void check(LiveConfig config) {
        Bounds.require("millrace.api.live.heartbeat", config.heartbeat(), Duration.ofSeconds(1), Duration.ofMinutes(5));
        Bounds.require("millrace.api.live.client-events", config.clientEvents(), 1, 100_000);
        Bounds.require("millrace.api.live.client-bytes", config.clientBytes(), 1 << 10, 1 << 30);
        Bounds.require("millrace.api.live.recent-events", config.recentEvents(), 1, 10_000_000);
        Bounds.require("millrace.api.live.recent-bytes", config.recentBytes(), 1 << 10, 8L << 30);
        Bounds.require("millrace.api.live.searched-entries", config.searchedEntries(), 0, 10_000_000);
    }
}
