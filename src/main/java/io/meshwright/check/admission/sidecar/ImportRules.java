package io.meshwright.check.admission.sidecar;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.gateway.GatewayRules;
import io.meshwright.check.admission.part.DnsName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The hosts that an outbound listener of a Sidecar imports, as {@code namespace/host}. */
final class ImportRules {
    private static final String ALL = "*";
    private static final Set<String> SIGNS = Set.of(ALL, ".", "~");

    private ImportRules() {}

    static void examine(Field listener) {
        if (listener.at("hosts").isEmpty()) {
            listener.at("hosts").refuse("the listener imports no host", "Write hosts, such as ./*.");
        }
        Map<String, Set<String>> seen = new TreeMap<>();
        for (Field host : listener.at("hosts").items()) {
            int slash = host.text().indexOf('/');
            if (slash < 0) {
                host.refuse(
                        "\"%s\" says no namespace".formatted(host.text()), "Write namespace/host, ./host or */host.");
                continue;
            }
            boolean left = host.version().leavesHostsOut() && host.text().startsWith("~");
            String namespace = host.text().substring(left && slash > 1 ? 1 : 0, slash);
            form(host, namespace, host.text().substring(slash + 1));
            if (!left) {
                twice(host, slash, seen);
            }
        }
        if (seen.getOrDefault(ALL, Set.of()).contains(ALL) && seen.size() > 1) {
            listener.at("hosts")
                    .warn("*/* imports every host, so the other entries do nothing", "Remove them, or */*.");
        }
    }

    private static void form(Field host, String namespace, String name) {
        if (!SIGNS.contains(namespace) && !DnsName.isLabel(namespace)) {
            host.refuse(
                    "\"%s\" in \"%s\" is no namespace".formatted(namespace, host.text()),
                    "Name one namespace, or write *, . or ~ in its place.");
            return;
        }
        Optional<String> flaw = GatewayRules.nameFlaw(name);
        flaw.ifPresent(what -> host.refuse(
                "\"%s\" is no host: %s".formatted(host.text(), what),
                "Write the full name, such as shop/web.shop.svc.cluster.local, or shop/*."));
    }

    private static void twice(Field host, int slash, Map<String, Set<String>> seen) {
        String written = host.text().substring(0, slash);
        String namespace = written.equals(".") ? host.manifest().home() : written;
        String name = host.text().substring(slash + 1);
        Set<String> names = seen.computeIfAbsent(namespace, none -> new TreeSet<>());
        if (name.equals(ALL) ? !names.isEmpty() : names.contains(name) || names.contains(ALL)) {
            host.warn("\"%s\" and an earlier entry import the same".formatted(host.text()), "Keep the wider one.");
        }
        names.add(name);
    }
}
