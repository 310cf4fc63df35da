package dev.millrace.worker.outbound.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses a task may be connected to: public unicast, and what configuration adds. The blocks are those of the
 * IANA special-purpose registries; {@link InetAddress}'s own tests miss carrier-grade NAT, unique local addresses and
 * the IPv6 forms that carry an IPv4 address.
 */
public final class AddressPolicy {

    private static final List<AddressBlock> LOOPBACK = blocks("127.0.0.0/8", "::1/128");

    private static final List<AddressBlock> FORBIDDEN = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8",
            // All that is not 2000::/3: nothing else is assigned as public unicast.
            "::/3",
            "4000::/2",
            "8000::/1");

    private final List<AddressBlock> allowed;

    private AddressPolicy(List<AddressBlock> allowed) {
        this.allowed = allowed;
    }

    /**
     * Adds what configuration allows.
     *
     * @param blocks in CIDR notation
     * @param loopback whether this machine may be reached
     * @throws IllegalArgumentException if a block is not in CIDR notation
     */
    public static AddressPolicy allowing(List<String> blocks, boolean loopback) {
        Stream<AddressBlock> configured = blocks.stream().map(AddressBlock::parse);
        return new AddressPolicy(Stream.concat(configured, loopback ? LOOPBACK.stream() : Stream.empty())
                .toList());
    }

    /** The block because of which the address must not be reached; empty if it may be. */
    public Optional<AddressBlock> forbids(InetAddress address) {
        return contains(allowed, address) ? Optional.empty() : find(FORBIDDEN, address);
    }

    private static boolean contains(List<AddressBlock> blocks, InetAddress address) {
        return find(blocks, address).isPresent();
    }

    private static Optional<AddressBlock> find(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().filter(block -> block.contains(address)).findFirst();
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).map(AddressBlock::parse).toList();
    }
}
