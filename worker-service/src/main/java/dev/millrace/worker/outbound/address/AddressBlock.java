package dev.millrace.worker.outbound.address;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * @param network its first address
 * @param prefix the leading bits that all its addresses share
 */
public record AddressBlock(InetAddress network, int prefix) {

    /** Keeps names away from {@link InetAddress#getByName}, which would resolve them. */
    private static final Pattern NOTATION =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    public AddressBlock {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefix > bits || shifted(network, prefix).shiftLeft(bits - prefix).compareTo(number(network)) != 0) {
            throw new IllegalArgumentException("%s/%d is no block of addresses: it has bits set after its prefix."
                    .formatted(network.getHostAddress(), prefix));
        }
    }

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException if the text is not in CIDR notation
     */
    public static AddressBlock parse(String text) {
        var parts = NOTATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no block of addresses: write it as 10.20.0.0/16 or fd00::/8.".formatted(text));
        }
        return new AddressBlock(address(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Whether the address, of the same family, lies in the block. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && shifted(address, prefix).equals(shifted(network, prefix));
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "'%s' is no block of addresses: it is no address at all.".formatted(text), e);
        }
    }

    private static BigInteger shifted(InetAddress address, int prefix) {
        return number(address).shiftRight(address.getAddress().length * Byte.SIZE - prefix);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
