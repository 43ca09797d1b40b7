package io.meshwright.check.admission.entry;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.PortRules;
import io.meshwright.check.admission.part.Visibility;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A ServiceEntry: its hosts, addresses and ports, and what goes with its resolution. */
public final class ServiceEntryRules implements KindRules {
    private static final String NONE = "NONE";
    private static final Set<String> FIXED = Set.of("", NONE, "STATIC");
    private static final String ALLOCATION = IstioLabels.ALLOCATE_ADDRESS;

    @Override
    public void examine(Field spec) {
        String resolution = spec.at("resolution").text();
        Field selector = spec.at("workloadSelector");
        LabelRules.selector(selector, "labels", "it selects every pod of the namespace");
        if (selector.isSet() && !spec.at("endpoints").isEmpty()) {
            spec.at("endpoints")
                    .refuse("endpoints are both selected and listed", "Remove endpoints or workloadSelector.");
        }
        if (spec.at("hosts").isEmpty()) {
            spec.refuse("there is no host", "Write hosts.");
        }
        spec.at("hosts").items().forEach(host -> host(host, resolution));
        for (Field address : spec.at("addresses").items()) {
            Address.examineIpOrBlock(address);
            if (address.text().indexOf('/') >= 0 && !FIXED.contains(resolution)) {
                address.refuse(
                        "\"%s\" is a block, and the names are resolved one by one".formatted(address.text()),
                        "Write single addresses, or resolution NONE or STATIC.");
            }
        }
        Set<String> names = ports(spec);
        EndpointRules.examine(spec, names);
        together(spec, resolution);
        Visibility.examine(spec.at("exportTo"), true);
    }

    private static void host(Field host, String resolution) {
        if (host.text().equals("*")) {
            host.refuse("\"*\" is every host", "Name the hosts, or those below a domain as *.example.com.");
            return;
        }
        DnsName.wildcardFlaw(host.text())
                .ifPresent(flaw -> host.refuse(
                        "\"%s\" is no host: %s".formatted(host.text(), flaw),
                        "Write a name such as api.example.com or *.example.com."));
        if (DnsName.isPartialWildcard(host.text()) && !resolution.equals("DYNAMIC_DNS")) {
            host.warn(
                    "the asterisk of \"%s\" is not the whole of its first label".formatted(host.text()),
                    "Write *.DOMAIN.");
        }
    }

    private static Set<String> ports(Field spec) {
        Set<String> names = new TreeSet<>();
        Set<Long> numbers = new TreeSet<>();
        for (Field port : spec.at("ports").items()) {
            Field name = port.at("name");
            PortRules.name(name, name.text());
            if (!names.add(name.text())) {
                name.refuse(
                        "\"%s\" is the name of another port as well".formatted(name.text()),
                        "Give it a name of its own.");
            }
            PortRules.number(port.at("number"));
            if (!numbers.add(port.at("number").number())) {
                port.at("number")
                        .refuse(
                                "port %d is in the list already"
                                        .formatted(port.at("number").number()),
                                "Remove it.");
            }
            PortRules.numberIfSet(port.at("targetPort"));
            PortRules.protocol(port.at("protocol"));
            if (Set.of("", "TCP").contains(port.at("protocol").text()) && staysWithoutAddress(spec)) {
                port.warn(
                        "without an address every call to the port, wherever it goes, is taken for this host",
                        "Write addresses, or protocol TLS.");
            }
        }
        return names;
    }

    /** True if a release that allocates addresses leaves this object without one. */
    private static boolean staysWithoutAddress(Field spec) {
        boolean declined = "false".equalsIgnoreCase(spec.manifest().labels().get(ALLOCATION));
        boolean unresolved = Set.of("", NONE).contains(spec.at("resolution").text());
        // What was allocated already stands in the status of an object that was read from a cluster.
        boolean allocated = !spec.manifest().at("/status/addresses").isEmpty();
        return spec.version().allocatesAddresses()
                && spec.at("addresses").isEmpty()
                && !allocated
                && (declined || unresolved);
    }

    /** Several hosts of one object are told apart by what a request says, which plain TCP does not. */
    private static void together(Field spec, String resolution) {
        if (spec.at("hosts").size() < 2 || Set.of("", NONE).contains(resolution)) {
            return;
        }
        List<Field> protocols = spec.at("ports").items().stream()
                .map(port -> port.at("protocol"))
                .toList();
        protocols.stream()
                .filter(protocol -> !PortRules.isHttp(protocol) && !PortRules.isTls(protocol))
                .findFirst()
                .ifPresent(protocol -> protocol.refuse(
                        "several hosts cannot be told apart on a port of plain TCP",
                        "Give each host a ServiceEntry of its own, or write protocol HTTP or TLS."));
        if (resolution.startsWith("DNS") && !spec.at("addresses").isEmpty()) {
            protocols.stream()
                    .filter(PortRules::isTcp)
                    .findFirst()
                    .ifPresent(protocol -> protocol.warn(
                            "several hosts share the addresses of a port that passes bytes on",
                            "Write one ServiceEntry for each host."));
        }
    }
}
