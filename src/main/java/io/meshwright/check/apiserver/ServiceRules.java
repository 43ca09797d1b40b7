package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.text.IpRange;
import java.util.List;

/** The spec of a Service (core/validation, ValidateService). */
final class ServiceRules {
    private ServiceRules() {}

    static void examine(Field spec) {
        String type = spec.at("type").text();
        boolean headless = spec.at("clusterIP").text().equals("None");
        boolean outside = List.of("NodePort", "LoadBalancer").contains(type);
        List<Field> ports = spec.at("ports").items();
        if (type.equals("ExternalName")) {
            external(spec);
        } else if (ports.isEmpty() && !headless && spec.isSet()) {
            (spec.at("ports").isSet() ? spec.at("ports") : spec).refuse("the Service has no port", "Write ports.");
        }
        if (headless && outside) {
            spec.at("clusterIP")
                    .refuse(
                            "a Service of type %s needs an address of the cluster".formatted(type),
                            "Remove clusterIP, or the type.");
        }
        ports(ports, outside);
        Selectors.labels(spec.at("selector"));
        addresses(spec);
        boolean balanced = type.equals("LoadBalancer");
        if (!spec.at("loadBalancerClass").isEmpty() && !balanced) {
            spec.at("loadBalancerClass").refuse("only a LoadBalancer has a class", "Remove it, or write that type.");
        }
        if (spec.at("externalTrafficPolicy").isSet()
                && !outside
                && spec.at("externalIPs").isEmpty()
                && !spec.at("externalTrafficPolicy").isEmpty()) {
            spec.at("externalTrafficPolicy")
                    .refuse(
                            "no traffic comes from outside to a Service of this type",
                            "Remove it, or write NodePort or LoadBalancer.");
        }
    }

    private static void external(Field spec) {
        Limits.needed(spec, "externalName", "Write the host.");
        String name = spec.at("externalName").text();
        if (!name.isEmpty()) {
            Form.SUBDOMAIN.examine(
                    spec.at("externalName"), name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        }
        if (!List.of("", "None").contains(spec.at("clusterIP").text())) {
            spec.at("clusterIP").refuse("an ExternalName has no address of the cluster", "Remove it.");
        }
    }

    private static void ports(List<Field> ports, boolean outside) {
        for (Field port : ports) {
            Limits.port(port.at("port"));
            // 0 and an empty name are those of a port that is not written.
            if (!List.of("", "0").contains(port.at("targetPort").text())) {
                Limits.portOrName(port.at("targetPort"));
            }
            Form.LABEL.examine(port.at("name"));
            Form.QUALIFIED_NAME.examine(port.at("appProtocol"));
            if (ports.size() > 1) {
                Limits.needed(port, "name", "Name each of several ports.");
            }
            if (port.at("nodePort").number() != 0 && !outside) {
                port.at("nodePort")
                        .refuse(
                                "a Service of this type has no port on the nodes",
                                "Write type NodePort or LoadBalancer, or remove it.");
            }
        }
        Limits.once(ports, port -> port.at("name").text(), "name");
        Limits.once(
                ports,
                port -> port.at("port").isNumber()
                        ? "%d/%s".formatted(port.at("port").number(), protocol(port))
                        : "",
                "port");
        Limits.once(
                ports,
                port -> port.at("nodePort").number() != 0
                        ? "%d/%s".formatted(port.at("nodePort").number(), protocol(port))
                        : "",
                "nodePort");
    }

    private static String protocol(Field port) {
        return port.at("protocol").isEmpty() ? "TCP" : port.at("protocol").text();
    }

    private static void addresses(Field spec) {
        spec.at("externalIPs").items().forEach(Limits::address);
        for (Field range : spec.at("loadBalancerSourceRanges").items()) {
            if (IpRange.of(range.text().strip()).isEmpty()) {
                range.refuse(
                        "\"%s\" is no block of addresses".formatted(range.text()), "Write one such as 192.0.2.0/24.");
            }
        }
    }
}
