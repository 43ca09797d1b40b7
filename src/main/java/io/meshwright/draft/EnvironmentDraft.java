package io.meshwright.draft;

import io.meshwright.environment.Delivery;
import io.meshwright.platform.Distribution;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Host;
import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.Version;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A commented environment file for a new cluster: HTTPS at the gateway, one namespace, services that only the gateway
 * may call.
 *
 * @param name of the environment
 * @param host under which the services are reached
 * @param istio release, or a line of which the newest patch is taken
 * @param services image by name; may be empty
 * @param repository that holds dist/
 * @param delivery who brings it to the cluster
 */
public record EnvironmentDraft(
        Name name,
        Ground ground,
        Host host,
        Version istio,
        Version kubernetes,
        Map<Name, ImageReference> services,
        Url repository,
        Delivery.Type delivery) {
    private static final int NEWEST_MINOR = 60;
    private static final int OLDEST_MINOR = 20;

    /**
     * The ground of a cluster, as {@code cluster.platform} and {@code cluster.distribution} say it.
     *
     * @param type azure, eks, gke, kind, metallb or onPremises
     * @param distribution of Kubernetes on its nodes
     * @param address of the gateway; needed with metallb
     * @param resourceGroup of the public address; needed with azure
     */
    public record Ground(
            String type,
            Distribution distribution,
            @Nullable IpAddress address,
            @Nullable String resourceGroup) {
        /** The line of the file; none where nothing differs from upstream. */
        private String nodes() {
            return switch (distribution) {
                case OTHER -> "";
                case OPENSHIFT ->
                    "  distribution: openshift # its SCC nonroot-v2 lets the pods run as the users they name\n";
                default -> "  distribution: %s # where its nodes keep CNI plugins\n".formatted(distribution.word());
            };
        }

        private String text() {
            return switch (type) {
                case "azure" -> "{type: azure, resourceGroup: %s}".formatted(resourceGroup);
                case "eks" -> "{type: eks} # with the AWS Load Balancer Controller; internal: true keeps it in the VPC";
                case "gke" -> "{type: gke} # internal: true keeps its load balancers in the VPC";
                case "kind" -> "{type: kind} # addresses are cloud-provider-kind's";
                case "metallb" -> """
                    {type: metallb, pools: [{name: gateway, addresses: [%s/%d]}]}\
                    """.formatted(address, address == null || address.isIpv6() ? 128 : 32);
                default ->
                    "{type: onPremises, storageClass: local-path} # the class of volumes: kubectl get storageclass";
            };
        }
    }

    /**
     * The newest Kubernetes on which this Istio and every add-on run.
     *
     * @throws InvalidValue when the compatibility table has no such Istio
     */
    public static Version newestKubernetes(Version istio) {
        return IntStream.iterate(NEWEST_MINOR, minor -> minor >= OLDEST_MINOR, minor -> minor - 1)
                .mapToObj(minor -> Version.of("1.%d".formatted(minor)))
                .filter(kubernetes -> runs(kubernetes, istio))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        "",
                        "Istio \"%s\" is not in the compatibility table".formatted(istio),
                        "take one of %s"
                                .formatted(Compatibility.lines().stream()
                                        .map(Version::toString)
                                        .collect(Collectors.joining(", ")))));
    }

    private static boolean runs(Version kubernetes, Version istio) {
        try {
            Compatibility.resolve(kubernetes, Compatibility.patched(istio));
            return true;
        } catch (InvalidValue refusal) {
            return false;
        }
    }

    /** The file. */
    public String text() {
        return """
            # yaml-language-server: $schema=schema.json
            # One cluster's platform. `meshwright explain KEY` tells what a key is, and which others there are.
            apiVersion: meshwright.io/v1
            kind: Environment
            metadata: {name: %1$s, description: %2$s}

            cluster:
              kubernetes: "%3$s"
            %12$s  platform: %4$s

            istio: {version: %5$s}

            namespaces:
              %1$s: {}

            gateway:
              name: %1$s
              namespace: %1$s
            %6$s  listeners:
                - {port: 80, protocol: HTTP, hosts: [%7$s], redirectToHttps: true}
                # The certificate is a Secret of this name in istio-system, made by hand; docs/secrets says how.
                - port: 443
                  protocol: HTTPS
                  hosts: [%7$s]
                  tls: {credentialName: %1$s-tls, source: existing}

            %8$s
            %13$s
            # %10$s
            delivery: {%11$srepository: %9$s}
            """.formatted(
                        name,
                        host,
                        kubernetes,
                        ground.text(),
                        Compatibility.patched(istio),
                        ground.address() == null ? "" : "  address: %s\n".formatted(ground.address()),
                        host,
                        written(),
                        repository,
                        reader().formatted(name),
                        delivery == Delivery.Type.ARGOCD ? "" : "type: %s, ".formatted(delivery.word()),
                        ground.nodes(),
                        monitoring());
    }

    /** OpenShift's nodes have the port and the log files of which ours would need its own. */
    private String monitoring() {
        return ground.distribution().isOpenShift() ? """
            observability:
              # OpenShift has monitoring of its own, which keeps ours off its nodes. What is to be read of it is named by
              # prometheus: {type: existing, ...}; `meshwright explain observability.prometheus` tells how.
              prometheus: {type: none}
              grafana: {type: none}
              loki: {type: none}
            """ : """
            observability:
              # The Secret alertmanager-slack with the key url holds the address of Slack's webhook.
              alerts: {slackWebhook: alertmanager-slack/url, critical: "#%1$s-alerts", warning: "#%1$s-notices"}
              # Monitoring is not reached from outside. With hosts, say who may: access: {from: [192.0.2.0/24]}.
            """.formatted(name);
    }

    private String reader() {
        return switch (delivery) {
            case ARGOCD -> "What Argo CD reads: dist/%1$s of this repository.";
            case FLUX ->
                "What Flux reads, which is installed already: dist/%1$s of this repository; docs/delivery.md tells how.";
            case NONE -> "dist/%1$s is applied by a person or a pipeline, step by step as docs/delivery/%1$s.md says.";
        };
    }

    private String written() {
        if (services.isEmpty()) {
            return """
                # Services come here: `meshwright explain services` shows one.
                services: {}
                """;
        }
        StringBuilder text = new StringBuilder("services:\n");
        Optional<Name> first = services.keySet().stream().findFirst();
        services.forEach((service, image) -> text.append(
                service(service, image, first.filter(service::equals).isPresent())));
        return text.toString();
    }

    private String service(Name service, ImageReference image, boolean first) {
        return """
              %s:
                namespace: %s
                # targetPort is the port on which the container listens.
                ports: [{name: http, port: 80, targetPort: 8080}]
                container:
                  image: %s
                  resources: {requests: {cpu: 50m, memory: 128Mi}, limits: {memory: 256Mi}}
                  # Without probes the port is opened to see whether it is ready: probes: {ready: /healthz}
                # Add the names of services that call it.
                allowFrom: [gateway]
                routes: [{host: %s, prefix: %s}]
            """.indent(0).formatted(service, name, image, host, first ? "/" : "/%s".formatted(service));
    }
}
