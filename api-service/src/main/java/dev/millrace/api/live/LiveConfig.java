package dev.millrace.api.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How live events reach clients. */
@ConfigMapping(prefix = "millrace.live")
interface LiveConfig {

    /** A comment goes to a client that was told nothing for so long. Proxies cut connections that are silent longer. */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** Events that may wait for one client; one more, and it is sent away as lagging. */
    @WithDefault("256")
    int clientEvents();

    /** Bytes that may wait for one client, likewise. */
    @WithDefault("262144")
    long clientBytes();

    /** Recent events that this instance keeps, so that clients that come back need not ask Redis. */
    @WithDefault("65536")
    int recentEvents();

    /** Heap that those may take, in bytes. */
    @WithDefault("67108864")
    long recentBytes();

    /** Entries of Redis that are searched for a client that was away longer; beyond that it starts anew. */
    @WithDefault("100000")
    int searchedEntries();
}
