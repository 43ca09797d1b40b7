package io.meshwright.value.edge;

import io.meshwright.value.Host;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names that the proxies of a gateway and the service that counts for them give each limit: both must say the same,
 * in the same order (envoyproxy.io, rate limit actions; github.com/envoyproxy/ratelimit, descriptor list definition).
 */
public final class RateLimitDescriptors {
    /** Under which the service finds the limits. */
    public static final String DOMAIN = "gateway";
    /** Of the limit itself, whose value is {@link #name}. */
    public static final String LIMIT = "limit";
    /** Of a path that fits. */
    public static final String PATH = "path";
    /** Of the client's address, in Envoy's words. */
    public static final String ADDRESS = "remote_address";
    /** Of the value of a header. */
    public static final String HEADER = "header";

    private RateLimitDescriptors() {}

    /** The name of a host's limit by its place in the list, which no limit of another host has. */
    public static String name(Host host, int index) {
        return "%s-%d".formatted(host, index);
    }

    /** The file that the service reads. */
    public static String file(Map<Host, List<HostRateLimit>> limits) {
        boolean any = limits.values().stream().flatMap(List::stream).anyMatch(HostRateLimit::enabled);
        StringBuilder file = new StringBuilder("domain: %s\ndescriptors:%s\n".formatted(DOMAIN, any ? "" : " []"));
        new TreeMap<>(limits).forEach((host, ofHost) -> {
            for (int index = 0; index < ofHost.size(); index++) {
                if (ofHost.get(index).enabled()) {
                    limit(file, name(host, index), ofHost.get(index));
                }
            }
        });
        return file.toString();
    }

    private static void limit(StringBuilder file, String name, HostRateLimit limit) {
        String indent = "  ";
        file.append("%s- key: %s\n%s  value: \"%s\"\n".formatted(indent, LIMIT, indent, name));
        if (limit.hasPrefix()) {
            indent = deeper(file, indent);
            file.append("%s- key: %s\n%s  value: \"%s\"\n".formatted(indent, PATH, indent, limit.prefix()));
        }
        if (limit.header() != null) {
            indent = deeper(file, indent);
            file.append("%s- key: %s\n".formatted(indent, HEADER));
        } else if (limit.isPerClient()) {
            indent = deeper(file, indent);
            file.append("%s- key: %s\n".formatted(indent, ADDRESS));
        }
        file.append("%s  rate_limit: {unit: %s, requests_per_unit: %d}\n"
                .formatted(indent, limit.unit(), limit.requests()));
    }

    private static String deeper(StringBuilder file, String indent) {
        file.append(indent).append("  descriptors:\n");
        return indent.concat("    ");
    }
}
