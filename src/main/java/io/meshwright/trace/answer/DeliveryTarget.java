package io.meshwright.trace.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An application that requests reach; {@code part} is the part of all requests between 0 and 1, {@code port} the one
 * under which the host is called, {@code pods} are {@code namespace/workload} and empty for a host outside the cluster.
 */
public record DeliveryTarget(String host, Optional<String> subset, int port, double part, List<String> pods) {
    DeliveryTarget times(double factor) {
        return new DeliveryTarget(host, subset, port, part * factor, pods);
    }

    boolean isSameAs(DeliveryTarget other) {
        return host.equals(other.host) && subset.equals(other.subset) && port == other.port;
    }

    /** {@code user-service.user-service.svc.cluster.local:80 subset v1}. */
    public String name() {
        return "%s:%d%s"
                .formatted(host, port, subset.map(" subset %s"::formatted).orElse(""));
    }

    /** A part as a percentage, such as {@code 90 %} or {@code 33.3 %}. */
    public static String percent(double part) {
        double percent = Math.round(part * 1000) / 10.0;
        return percent == Math.rint(percent)
                ? "%d %%".formatted((long) percent)
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
