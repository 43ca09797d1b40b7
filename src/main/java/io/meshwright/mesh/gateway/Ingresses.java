package io.meshwright.mesh.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.gateway.Server.ServedHost;
import io.meshwright.mesh.route.GeneratedRoutes;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Services;
import io.meshwright.value.istio.IstioNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Ingresses, and what istiod makes of those that are for it: a Gateway of each, and a VirtualService of each host
 * (pilot/pkg/config/kube/ingress).
 */
public final class Ingresses {
    private static final String CONTROLLER = IstioNames.INGRESS_CONTROLLER;
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final String CLASS_NAME = "/spec/ingressClassName";
    private static final String ANY = "*";
    private static final int PLAIN = 80;
    private static final int ENCRYPTED = 443;

    private final List<Manifest> served = new ArrayList<>();
    private final List<Manifest> others = new ArrayList<>();
    private final Map<String, Manifest> classes = new TreeMap<>();
    private final MeshConfig mesh;
    private final List<GeneratedRoutes> routes;

    private Ingresses(Manifests manifests, Services services, MeshConfig mesh) {
        this.mesh = mesh;
        manifests.kind(Kind.INGRESS_CLASS).forEach(known -> classes.put(known.name(), known));
        manifests.kind(Kind.INGRESS).stream()
                .sorted(Age.ORDER)
                .forEach(ingress -> (isForIstio(ingress).isNo() ? others : served).add(ingress));
        this.routes = new IngressRoutes(services, mesh).of(served);
    }

    public static Ingresses of(Manifests manifests, Services services, MeshConfig mesh) {
        return new Ingresses(manifests, services, mesh);
    }

    /**
     * Tells whether istiod serves it (shouldProcessIngressWithClass); unknown where its class is called as Istio's
     * usually is, but is not among the manifests.
     */
    private Truth isForIstio(Manifest ingress) {
        if (mesh.ingressMode().equals("OFF")) {
            return Truth.NO;
        }
        Optional<String> named = ingress.text(CLASS_NAME);
        Optional<Manifest> chosen = named.map(classes::get);
        if (named.isPresent() && chosen.isEmpty()) {
            return named.get().equals(mesh.ingressClass()) ? Truth.UNKNOWN : Truth.NO;
        }
        Optional<String> annotated = Optional.ofNullable(ingress.annotations().get(CLASS));
        if (annotated.isPresent()) {
            return Truth.of(annotated.get().equals(mesh.ingressClass()));
        }
        return Truth.of(chosen.map(known -> known.text("/spec/controller")
                        .filter(CONTROLLER::equals)
                        .isPresent())
                .orElseGet(() -> mesh.ingressMode().equals("DEFAULT")));
    }

    /** True if it is served only if the class that it names is Istio's, which the manifests do not tell. */
    public boolean isAssumed(Manifest ingress) {
        return isForIstio(ingress) == Truth.UNKNOWN;
    }

    /** The rules for a host that another controller serves; rules for all hosts are not meant. */
    public List<Source> elsewhere(String host) {
        return others.stream()
                .flatMap(ingress -> IngressRoutes.rules(ingress).stream())
                .filter(rule -> Fields.text(rule.value().path("host"))
                        .map(wanted -> HostName.within(host, wanted.toLowerCase(Locale.ROOT)))
                        .orElse(false))
                .toList();
    }

    /** The class of an Ingress as written, or {@code default} for none. */
    public static String className(Manifest ingress) {
        return ingress.text(CLASS_NAME).orElse(ingress.annotations().getOrDefault(CLASS, "default"));
    }

    /**
     * The Ingresses of a rule's host that share one VirtualService, which goes with the Gateway of the oldest; empty
     * where their age is told.
     */
    public List<Source> contested(String host) {
        List<Manifest> sharing = routes.stream()
                .filter(made -> HostName.within(host, made.service().hosts().get(0)))
                .min(Comparator.comparing(made -> made.service().hosts().get(0), HostName.MOST_SPECIFIC_FIRST))
                .stream()
                .flatMap(made -> made.routes().stream())
                .map(route -> route.source().manifest())
                .distinct()
                .toList();
        boolean told =
                sharing.isEmpty() || sharing.stream().skip(1).allMatch(other -> Age.isWritten(sharing.get(0), other));
        return told ? List.of() : sharing.stream().map(Source::of).toList();
    }

    public List<GeneratedRoutes> routes() {
        return routes;
    }

    /** By name, since they have no age. */
    List<Gateway> gateways() {
        return served.stream()
                .map(this::gateway)
                .sorted(Comparator.comparing(Gateway::reference))
                .toList();
    }

    private Gateway gateway(Manifest ingress) {
        String reference = IngressRoutes.gateway(ingress, mesh);
        List<Server> servers = new ArrayList<>();
        for (int index = 0; index < ingress.at("/spec/tls").size(); index++) {
            Source tls = Source.of(ingress).item("spec/tls", index);
            Fields.text(ingress.at(tls.pointer()).path("secretName"))
                    .ifPresent(secret -> servers.add(encrypted(tls, reference, secret, servers.size())));
        }
        Source plain = Source.of(ingress).at("/spec/rules");
        servers.add(new Server(
                plain,
                reference,
                PLAIN,
                "http",
                Protocol.HTTP,
                "",
                List.of(new ServedHost(ANY, ANY, plain)),
                Server.Tls.of(ingress.at("/none"))));
        return new Gateway(
                ingress, reference, Selector.of(Map.of("istio", mesh.ingressSelector())), List.of(), servers);
    }

    private static Server encrypted(Source tls, String reference, String secret, int number) {
        JsonNode hosts = tls.value().path("hosts");
        List<ServedHost> served = new ArrayList<>();
        for (int index = 0; index < hosts.size(); index++) {
            served.add(
                    new ServedHost(ANY, hosts.path(index).asText().toLowerCase(Locale.ROOT), tls.item("hosts", index)));
        }
        if (served.isEmpty()) {
            served.add(new ServedHost(ANY, ANY, tls));
        }
        ObjectNode settings =
                JsonNodeFactory.instance.objectNode().put("mode", "SIMPLE").put("credentialName", secret);
        return new Server(
                tls,
                reference,
                ENCRYPTED,
                "https-%d".formatted(number),
                Protocol.HTTPS,
                "",
                served,
                Server.Tls.of(settings));
    }
}
