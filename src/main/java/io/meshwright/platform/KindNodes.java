package io.meshwright.platform;

import io.meshwright.platform.OnPremises.NodePorts;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster of kind for trials: its nodes are containers of one machine. */
@Word("kind")
@Doc("kind, for trials: nodes are containers of one machine.")
public record KindNodes(
        @Nullable
        @Doc(
                "Node port of each gateway port, as extraPortMappings of kind's own file publish them; absent: a load balancer"
                        + " of cloud-provider-kind.")
        PublishedPorts nodePorts,

        @Defaulted @Doc("Class of the volumes; default standard, which kind makes.")
        String storageClass)
        implements Platform {
    public KindNodes {
        storageClass = storageClass == null ? "standard" : storageClass;
    }

    /** One machine is one zone. */
    @Override
    public List<String> zones() {
        return List.of();
    }

    @Override
    public @Nullable NodePorts fixedPorts() {
        return nodePorts == null ? null : new NodePorts(nodePorts.http(), nodePorts.https(), false);
    }

    @Override
    public boolean balances() {
        return nodePorts == null;
    }

    // Published ports go through the container runtime's own address, and cloud-provider-kind starts an Envoy in a
    // container for each Service.
    @Override
    public Optional<Hiding> hiding() {
        return Optional.of(new Hiding("kind passes connections on under an address of its own", Optional.empty()));
    }

    @Override
    public Exposure expose(Request request) {
        NodePorts ports = fixedPorts();
        return ports == null
                ? Exposure.loadBalancer(Map.of(), true).byAnyNode()
                : Exposure.nodePorts(ports.byPort(), false);
    }

    @Override
    public Optional<InvalidValue> refusal(IpAddress address) {
        return Optional.of(new InvalidValue(
                "gateway.address",
                "\"%s\" cannot be asked of kind, which gives addresses of its container network".formatted(address),
                "remove it"));
    }

    /** Node ports, in Kubernetes' range, which the machine publishes. */
    public record PublishedPorts(
            @Required @Sample("30080") Port http,
            @Nullable @Sample("30443") Port https) {
        public PublishedPorts {
            http = new NodePorts(http, https, false).http();
        }
    }
}
