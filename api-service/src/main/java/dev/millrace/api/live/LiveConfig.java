package dev.millrace.api.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How live events reach clients. {@link LiveSettings} checks them. */
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
}
