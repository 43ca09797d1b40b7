package io.meshwright.check.cel;

import static io.meshwright.check.cel.Functions.parsed;

import io.meshwright.check.cel.Functions.Type;

/** The functions on addresses and blocks of them. */
final class AddressFunctions {
    private static final Type<Ip> IP = Type.of("IP", Ip.class);
    private static final Type<IpBlock> BLOCK = Type.of("CIDR", IpBlock.class);

    private AddressFunctions() {}

    static void addTo(Functions functions) {
        functions
                .function("ip", Type.TEXT, IP, AddressFunctions::ip)
                .function("isIP", Type.TEXT, Type.TRUTH, text -> Ip.of(text).isPresent())
                .function(
                        "ip.isCanonical",
                        Type.TEXT,
                        Type.TRUTH,
                        text -> ip(text).toString().equals(text))
                .method("family", IP, Type.NUMBER, ip -> ip.isV4() ? 4L : 6L)
                .method("isUnspecified", IP, Type.TRUTH, Ip::isUnspecified)
                .method("isLoopback", IP, Type.TRUTH, Ip::isLoopback)
                .method("isLinkLocalMulticast", IP, Type.TRUTH, Ip::isLinkLocalMulticast)
                .method("isLinkLocalUnicast", IP, Type.TRUTH, Ip::isLinkLocalUnicast)
                .method("isGlobalUnicast", IP, Type.TRUTH, Ip::isGlobalUnicast)
                .function("string", IP, Type.TEXT, Ip::toString);
        functions
                .function("cidr", Type.TEXT, BLOCK, AddressFunctions::block)
                .function(
                        "isCIDR",
                        Type.TEXT,
                        Type.TRUTH,
                        text -> IpBlock.of(text).isPresent())
                .method("containsIP", BLOCK, IP, Type.TRUTH, IpBlock::contains)
                .method("containsIP", BLOCK, Type.TEXT, Type.TRUTH, (block, text) -> block.contains(ip(text)))
                .method("containsCIDR", BLOCK, BLOCK, Type.TRUTH, IpBlock::contains)
                .method("containsCIDR", BLOCK, Type.TEXT, Type.TRUTH, (block, text) -> block.contains(block(text)))
                .method("ip", BLOCK, IP, IpBlock::ip)
                .method("masked", BLOCK, BLOCK, IpBlock::masked)
                .method("prefixLength", BLOCK, Type.NUMBER, block -> (long) block.prefix())
                .function("string", BLOCK, Type.TEXT, IpBlock::toString);
    }

    private static Ip ip(String text) {
        return parsed(Ip.of(text), text, "address");
    }

    private static IpBlock block(String text) {
        return parsed(IpBlock.of(text), text, "block of addresses");
    }
}
