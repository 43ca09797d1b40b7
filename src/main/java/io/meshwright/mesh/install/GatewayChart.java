package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Injection;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The pods and the Service that Istio's gateway chart makes of its values (manifests/charts/gateway/templates). */
final class GatewayChart {
    private static final Map<String, Integer> DEFAULT_PORTS = defaultPorts();

    private final HelmRelease release;
    private final String name;

    GatewayChart(HelmRelease release) {
        this.release = release;
        this.name = Fields.text(release.value("/name")).orElse(release.name());
    }

    private static Map<String, Integer> defaultPorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("status-port", IstioPorts.STATUS.value());
        ports.put("http2", 80);
        ports.put("https", 443);
        return ports;
    }

    Pod pod(Installation installation) {
        Map<String, String> labels = new LinkedHashMap<>(selector());
        labels.put(Injection.INJECT, "true");
        labels.putAll(Fields.strings(release.value("/labels")));
        boolean makesAccount = release.value("/serviceAccount/create").asBoolean(true);
        String account = Fields.text(release.value("/serviceAccount/name")).orElse(makesAccount ? name : "default");
        Map<String, String> annotations = Fields.strings(release.value("/podAnnotations"));
        return new Pod(
                values(),
                release.namespace(),
                new Pod.Metadata(name, labels, annotations, account),
                release.value("/none"),
                replicas(),
                proxy(installation));
    }

    /** Its image comes from the injector of its revision, so without that one the pods never start. */
    private Proxy proxy(Installation installation) {
        String revision = Fields.text(release.value("/revision")).orElse("default");
        return installation.serves(revision).isNo()
                ? new Proxy(
                        Proxy.Type.NONE,
                        "the gateway chart asks for revision %s, and no istiod here serves it".formatted(revision))
                : new Proxy(
                        Proxy.Type.GATEWAY, "Istio's gateway chart makes a gateway", installation.version(revision));
    }

    /** Empty when the values say that the chart makes none. */
    Optional<Service> service(MeshConfig mesh) {
        if (release.value("/service/type").asText().equals("None")) {
            return Optional.empty();
        }
        return Optional.of(new Service(
                values(),
                HostName.ofService(name, release.namespace(), mesh.domain()),
                release.namespace(),
                Service.Type.CLUSTER_IP,
                ports(),
                Optional.of(Selector.of(selector())),
                Export.of(List.of(), release.namespace(), mesh.serviceExport()),
                Service.Reach.CLUSTER));
    }

    private Map<String, String> selector() {
        Map<String, String> selector = new LinkedHashMap<>();
        selector.put("app", Fields.text(release.value("/labels/app")).orElse(name));
        String suffix = name.startsWith("istio-") ? name.substring("istio-".length()) : name;
        selector.put("istio", Fields.text(release.value("/labels/istio")).orElse(suffix));
        return selector;
    }

    private List<ServicePort> ports() {
        List<ServicePort> ports = new ArrayList<>();
        List<JsonNode> written = Fields.items(release.value("/service/ports"));
        for (int index = 0; index < written.size(); index++) {
            Service.port(written.get(index), values().item("service/ports", index))
                    .ifPresent(ports::add);
        }
        if (written.isEmpty()) {
            DEFAULT_PORTS.forEach((port, number) -> ports.add(new ServicePort(
                    number,
                    port,
                    Protocol.ofServicePort(number, port, Optional.empty(), "TCP"),
                    number.toString(),
                    values())));
        }
        return List.copyOf(ports);
    }

    private OptionalInt replicas() {
        String pointer =
                release.value("/autoscaling/enabled").asBoolean(true) ? "/autoscaling/minReplicas" : "/replicaCount";
        return OptionalInt.of(Fields.number(release.value(pointer)).orElse(1));
    }

    private Source values() {
        return release.valuesSource();
    }
}
