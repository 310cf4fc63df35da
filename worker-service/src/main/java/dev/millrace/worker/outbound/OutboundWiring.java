package dev.millrace.worker.outbound;

import dev.millrace.worker.outbound.address.SystemResolver;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import javax.net.ssl.SSLSocketFactory;

/** Puts the client together from configuration, the system's names, the JVM's trusted certificates and the clock. */
@Singleton
final class OutboundWiring {

    @Produces
    @Singleton
    OutboundHttp outboundHttp(OutboundConfig config, InstantSource clock) {
        var resolver = new SystemResolver(config.connectTimeout());
        return new OutboundHttp(config, resolver, (SSLSocketFactory) SSLSocketFactory.getDefault(), clock);
    }
}
