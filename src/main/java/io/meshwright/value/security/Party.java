package io.meshwright.value.security;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One end of a call: pods with a name, in a namespace.
 *
 * @param podLabels which pods; empty: every pod of the namespace
 * @param identity what their sidecar proves; empty: they have no sidecar
 * @param ports where they are called; empty: nobody calls them
 */
public record Party(
        Name name, Name namespace, Map<String, String> podLabels, Optional<Identity> identity, List<TargetPort> ports) {
    public Party {
        Require.present("name", name);
        Require.present("namespace", namespace);
        podLabels = Collections.unmodifiableMap(new TreeMap<>(Require.present("podLabels", podLabels)));
        Require.present("identity", identity);
        ports = List.copyOf(Require.present("ports", ports));
        identity.ifPresent(proven -> Require.that(
                proven.namespace().equals(namespace),
                "identity",
                "\"%s\" is not of namespace \"%s\"".formatted(proven.principal(), namespace),
                "give a service account of the pods' own namespace"));
    }

    /** Pods with a sidecar (or a gateway, which is one). */
    public static Party meshed(Name name, Identity identity, Map<String, String> podLabels, TargetPort... ports) {
        return new Party(name, identity.namespace(), podLabels, Optional.of(identity), List.of(ports));
    }

    /** Pods without a sidecar: they prove no identity and speak plaintext. */
    public static Party outsideMesh(Name name, Name namespace, Map<String, String> podLabels, TargetPort... ports) {
        return new Party(name, namespace, podLabels, Optional.empty(), List.of(ports));
    }

    /** Every pod of a namespace whose pods have sidecars. */
    public static Party everyPodIn(Name namespace) {
        return meshed(namespace, Identity.everyIn(namespace), Map.of());
    }

    public boolean inMesh() {
        return identity.isPresent();
    }

    /** The ports on which requests have methods and paths. */
    public List<TargetPort> httpPorts() {
        return ports.stream().filter(TargetPort::http).toList();
    }

    /** {@code namespace/name}, as tables and reasons write it. */
    @Override
    public String toString() {
        return "%s/%s".formatted(namespace, name);
    }
}
