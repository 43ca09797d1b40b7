package io.meshwright.check.admission.entry;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.PortRules;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.waypoint.Waypoints;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The endpoints of a ServiceEntry, and workloads outside the cluster. */
public final class EndpointRules {
    private EndpointRules() {}

    /** Hosts and endpoints of a ServiceEntry as its resolution wants them. */
    public static void examine(Field entry, Set<String> ports) {
        Field endpoints = entry.at("endpoints");
        switch (entry.at("resolution").text()) {
            case "STATIC" -> endpoints.items().forEach(endpoint -> workload(endpoint, Optional.of(ports), false));
            case "DNS", "DNS_ROUND_ROBIN" -> resolved(entry, ports);
            case "DYNAMIC_DNS" -> dynamic(entry);
            default -> {
                if (!endpoints.isEmpty()) {
                    endpoints.refuse(
                            "with resolution NONE the caller's own address is taken, and no endpoint",
                            "Remove endpoints, or write resolution STATIC or DNS.");
                }
                if (entry.at("workloadSelector").isSet()) {
                    entry.at("workloadSelector")
                            .warn("with resolution NONE nothing is selected", "Write resolution STATIC.");
                }
            }
        }
    }

    private static void resolved(Field entry, Set<String> ports) {
        String resolution = entry.at("resolution").text();
        Field endpoints = entry.at("endpoints");
        if (endpoints.isEmpty()) {
            entry.at("hosts")
                    .items()
                    .forEach(host -> DnsName.flaw(host.text())
                            .ifPresent(flaw -> host.refuse(
                                    "\"%s\" cannot be resolved: %s".formatted(host.text(), flaw),
                                    "Write a whole name, endpoints, or resolution NONE.")));
        }
        if (resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1) {
            endpoints.refuse("resolution DNS_ROUND_ROBIN takes one endpoint", "Keep one, or write resolution DNS.");
        }
        for (Field endpoint : endpoints.items()) {
            name(endpoint.at("address"), endpoint.at("address").text());
            LabelRules.labels(endpoint.at("labels"));
            ports(endpoint, Optional.of(ports));
        }
    }

    private static void dynamic(Field entry) {
        entry.at("hosts").items().stream()
                .filter(host -> !HostName.isWildcard(host.text()))
                .forEach(host -> host.refuse(
                        "resolution DYNAMIC_DNS is for wildcards, and \"%s\" is none".formatted(host.text()),
                        "Write *.DOMAIN, or resolution DNS."));
        for (Field field : new Field[] {entry.at("addresses"), entry.at("endpoints")}) {
            if (!field.isEmpty()) {
                field.refuse(
                        "with resolution DYNAMIC_DNS the host of each request is looked up",
                        "Remove %s.".formatted(field.key()));
            }
        }
        entry.at("ports").items().stream()
                .map(port -> port.at("protocol"))
                .filter(protocol -> !Set.of("http", "http2", "grpc", "tls")
                        .contains(protocol.text().toLowerCase(Locale.ROOT)))
                .forEach(protocol -> protocol.refuse(
                        "\"%s\" does not say the host of each request".formatted(protocol.text()),
                        "Write HTTP, HTTP2, GRPC or TLS."));
        inside(entry);
    }

    private static void inside(Field entry) {
        Field location = entry.at("location");
        String waypoint = Objects.requireNonNullElse(entry.manifest().labels().get(Waypoints.LABEL), "");
        boolean waits = !waypoint.isEmpty() && !waypoint.equalsIgnoreCase("none");
        if (location.text().equals("MESH_INTERNAL")
                && (waits || !entry.version().looksUpInternalHosts())) {
            location.refuse(
                    "resolution DYNAMIC_DNS is for hosts outside the mesh%s"
                            .formatted(waits ? " where a waypoint is used" : ""),
                    "Write MESH_EXTERNAL.");
        }
    }

    /** A workload by address; without the ports of a service, all names of ports are taken. */
    public static void workload(Field workload, Optional<Set<String>> ports, boolean names) {
        Field address = workload.at("address");
        if (address.isEmpty()) {
            if (workload.at("network").isEmpty()) {
                workload.refuse("the workload has no address", "Write address.");
                return;
            }
            workload.warn(
                    "without an address the gateways of the network are taken", "Write address, if there is one.");
        } else if (Address.isUnix(address.text())) {
            Address.examineUnix(address);
            if (!workload.at("ports").isEmpty()) {
                workload.at("ports").refuse("a socket in the file system has no ports", "Remove ports.");
            } else if (ports.isPresent() && ports.get().size() != 1) {
                address.refuse("a socket in the file system serves one port", "Leave one port in the ServiceEntry.");
            }
        } else if (names) {
            name(address, address.text());
        } else {
            Address.examineIp(address);
        }
        ports(workload, ports);
        LabelRules.labels(workload.at("labels"));
    }

    private static void name(Field address, String text) {
        if (!Address.isIp(text) && DnsName.flaw(text).isPresent()) {
            address.refuse(
                    "\"%s\" is neither a host nor an address".formatted(text),
                    "Write one such as 10.1.2.3 or db.example.com.");
        }
    }

    private static void ports(Field workload, Optional<Set<String>> known) {
        for (Field port : workload.at("ports").entries()) {
            if (known.isPresent() && !known.get().contains(port.key())) {
                port.refuse(
                        "the ServiceEntry has no port \"%s\"".formatted(port.key()),
                        "Write the name of one of its ports.");
            }
            PortRules.name(port, port.key());
            PortRules.number(port);
        }
    }
}
