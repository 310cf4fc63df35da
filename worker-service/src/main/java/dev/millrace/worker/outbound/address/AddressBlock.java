package dev.millrace.worker.outbound.address;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code fc00::/7}. It holds numbers and no
 * {@link InetAddress}, because constants of it are made when a native executable is built, which may hold none.
 *
 * @param network its first address, as a number
 * @param bits how many bits its addresses have: 32 or 128
 * @param prefix the leading bits that all its addresses share
 */
public record AddressBlock(BigInteger network, int bits, int prefix) {

    /** Keeps names away from {@link InetAddress#getByName}, which would resolve them. */
    private static final Pattern NOTATION =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    public AddressBlock {
        if (prefix > bits || network.getLowestSetBit() >= 0 && network.getLowestSetBit() < bits - prefix) {
            throw new IllegalArgumentException("%s/%d is no block of addresses: it has bits set after its prefix."
                    .formatted(written(network, bits), prefix));
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
        InetAddress network = address(parts.group(1));
        return new AddressBlock(number(network), bits(network), Integer.parseInt(parts.group(2)));
    }

    /** Whether the address, of the same family, lies in the block. */
    public boolean contains(InetAddress address) {
        return bits(address) == bits && number(address).xor(network).bitLength() <= bits - prefix;
    }

    @Override
    public String toString() {
        return written(network, bits) + "/" + prefix;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "'%s' is no block of addresses: it is no address at all.".formatted(text), e);
        }
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static String written(BigInteger address, int bits) {
        byte[] bytes = new byte[bits / Byte.SIZE];
        BigInteger rest = address;
        for (int i = bytes.length - 1; i >= 0; i--) {
            bytes[i] = rest.byteValue();
            rest = rest.shiftRight(Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 32 or 128 bits, not %d.".formatted(bits), e);
        }
    }
}
