package io.meshwright.environment;

import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.RoutingApi;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway beside the first one: pods, identity, address and listeners of its own. */
@Doc("A gateway beside the first one; its pods, their Service and their account are called istio- and the key.")
@Sample("{namespace: shop, listeners: [{port: 80, protocol: HTTP, hosts: [\"*.internal.example.org\"]}]}")
public record FurtherGateway(
        @Required @Doc("Namespace of the Gateway, whose name is the key; the pods run in istio-system.")
        Name namespace,

        @Defaulted
        @Doc("API group of the Gateway and of its hosts' routes: networking.istio.io or gateway.networking.k8s.io;"
                + " default networking.istio.io.")
        RoutingApi api,

        @Nullable @Doc("Address of the load balancer.") IpAddress address,

        @Defaulted @Doc("The Service in front of its pods; default: as the platform has it.")
        GatewayService service,

        @Required @Doc("What it listens on.") List<Listener> listeners,

        @Defaulted @Doc("What holds for all routes of a host here: CORS, token, addresses.")
        Map<Host, HostPolicy> hosts,

        @Defaulted @Doc("Who stands in front of its load balancer; default nobody.")
        Edge edge,

        @Nullable @Doc("Tag of the control plane that its pods follow; default: the first of istio.tags.")
        Name tag,

        @Defaulted @Doc("Gateway pods; default 2.") Integer replicas,

        @Defaulted @Doc("What a gateway pod reserves and may use; default 100m/128Mi, at most 1Gi.")
        Resources resources) {
    public FurtherGateway {
        Require.present("namespace", namespace);
        api = api == null ? RoutingApi.ISTIO : api;
        listeners = Require.notEmpty("listeners", listeners);
        service = service == null ? GatewayService.usual() : service;
        hosts = hosts == null ? Map.of() : new LinkedHashMap<>(hosts);
        edge = edge == null ? Edge.none() : edge;
        replicas = Gateway.replicas(replicas);
        resources = resources == null ? Gateway.RESOURCES : resources;
    }

    /** The same as the first gateway is described. */
    Gateway named(Name name) {
        return new Gateway(
                name,
                namespace,
                api,
                address,
                service,
                listeners,
                hosts,
                release(name),
                tag,
                replicas,
                resources,
                null,
                List.of(),
                null,
                false);
    }

    /** Name of its chart's release, pods and account. */
    static Name release(Name name) {
        return Name.of("istio-%s".formatted(name));
    }
}
