package dev.millrace.worker.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to addresses that were checked, and to nothing else: it is not given a way to resolve a name. */
final class Dialer {

    private final OutboundLimits limits;
    private final SSLSocketFactory tls;

    Dialer(OutboundLimits limits, SSLSocketFactory tls) {
        this.limits = limits;
        this.tls = tls;
    }

    /** Tries the addresses in order; the failure of the last one is thrown. */
    Socket dial(Target target, List<InetAddress> addresses, RequestDeadline deadline) throws IOException {
        for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return connect(target, address, deadline);
            } catch (IOException e) {
                stopIfInterrupted(e);
            }
        }
        return connect(target, addresses.getLast(), deadline);
    }

    private Socket connect(Target target, InetAddress address, RequestDeadline deadline) throws IOException {
        Socket socket = new DeadlineSocket(deadline, limits.idleTimeout());
        try {
            socket.connect(new InetSocketAddress(address, target.port()), deadline.millisFor(limits.connectTimeout()));
            return target.secure() ? secured(socket, target) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** SNI and the certificate's check use the name of the URL, not the address. */
    private Socket secured(Socket socket, Target target) throws IOException {
        var secured = (SSLSocket) tls.createSocket(socket, target.tlsName(), target.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static void stopIfInterrupted(IOException failure) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
    }
}
