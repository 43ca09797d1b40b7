package io.meshwright.check.admission.sidecar;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DestinationReference;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.PoolRules;
import io.meshwright.check.admission.part.PortRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A Sidecar: its listeners and its policy for what leaves; the hosts that it imports stand in another class. */
public final class SidecarRules implements KindRules {
    private static final String UNIQUE = "Give each listener a port of its own.";

    @Override
    public void examine(Field spec) {
        LabelRules.selector(spec.at("workloadSelector"), "labels", "the Sidecar is for every pod of the namespace");
        boolean says = !spec.at("ingress").isEmpty()
                || !spec.at("egress").isEmpty()
                || spec.at("outboundTrafficPolicy").isSet()
                || spec.at("inboundConnectionPool").isSet();
        if (!says) {
            spec.refuse("the Sidecar says nothing", "Write egress, ingress or outboundTrafficPolicy.");
        }
        ingress(spec.at("ingress").items());
        PoolRules.examine(spec.at("inboundConnectionPool"));
        egress(spec.at("egress").items());
        outbound(spec.at("outboundTrafficPolicy"));
    }

    private static void ingress(List<Field> listeners) {
        Set<Long> numbers = new TreeSet<>();
        for (Field listener : listeners) {
            Field port = listener.at("port");
            if (!port.isSet()) {
                listener.refuse("the listener has no port", "Write port.");
                continue;
            }
            port(port);
            PortRules.number(port.at("number"));
            if (!listener.at("bind").isEmpty()) {
                Address.examineIp(listener.at("bind"));
            }
            if (!numbers.add(port.at("number").number())) {
                port.at("number")
                        .refuse(
                                "port %d has another listener"
                                        .formatted(port.at("number").number()),
                                UNIQUE);
            }
            InboundRules.examine(listener);
        }
    }

    private static void egress(List<Field> listeners) {
        Set<String> taken = new TreeSet<>();
        for (Field listener : listeners) {
            Field port = listener.at("port");
            if (port.isSet()) {
                port(port);
                boolean socket = port.at("number").number() == 0;
                if (socket) {
                    socket(listener);
                } else {
                    PortRules.number(port.at("number"));
                    if (!listener.at("bind").isEmpty()) {
                        Address.examineIp(listener.at("bind"));
                    }
                }
                String place = socket
                        ? listener.at("bind").text()
                        : Long.toString(port.at("number").number());
                if (!taken.add(place)) {
                    port.at("number").refuse("\"%s\" has another listener".formatted(place), UNIQUE);
                }
            } else if (listener != listeners.get(listeners.size() - 1)) {
                listener.refuse(
                        "a listener without a port takes what the others leave, and stands before one",
                        "Write it once, as the last of the list.");
            }
            ImportRules.examine(listener);
        }
    }

    private static void port(Field port) {
        if (!port.at("name").isEmpty()) {
            PortRules.name(port.at("name"), port.at("name").text());
        }
        PortRules.protocol(port.at("protocol"));
        if (port.at("targetPort").number() > 0) {
            port.at("targetPort")
                    .refuse("a Sidecar listens on number, and targetPort does nothing", "Remove targetPort.");
        }
    }

    private static void socket(Field listener) {
        if (Address.isUnix(listener.at("bind").text())) {
            Address.examineUnix(listener.at("bind"));
        } else {
            listener.at("port")
                    .at("number")
                    .refuse(
                            "port 0 stands for a socket in the file system, and bind names none",
                            "Write a port, or bind: unix:///PATH.");
        }
        if (!Set.of("", "DEFAULT", "NONE").contains(listener.at("captureMode").text())) {
            listener.at("captureMode").refuse("what goes to a socket is not captured", "Write NONE.");
        }
    }

    private static void outbound(Field policy) {
        Field proxy = policy.at("egressProxy");
        if (!proxy.isSet()) {
            return;
        }
        if (!policy.at("mode").text().equals("ALLOW_ANY")) {
            proxy.refuse("an egress proxy needs mode ALLOW_ANY", "Write mode: ALLOW_ANY.");
            return;
        }
        DnsName.flaw(proxy.at("host").text())
                .ifPresent(flaw -> proxy.at("host")
                        .refuse(
                                "\"%s\" is no host: %s"
                                        .formatted(proxy.at("host").text(), flaw),
                                "Write the full name of a service."));
        if (proxy.at("port").isSet()) {
            DestinationReference.options(proxy);
        } else {
            proxy.refuse("the egress proxy has no port", "Write port.number.");
        }
    }
}
