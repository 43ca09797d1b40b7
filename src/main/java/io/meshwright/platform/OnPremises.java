package io.meshwright.platform;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A cluster in a data centre: fixed node ports behind its own balancer, or a load balancer controller of its own. */
@Word("onPremises")
@Doc("A data centre of one's own: node ports, or an external load balancer.")
public record OnPremises(
        @Required @Doc("Class of the volumes.") String storageClass,

        @Nullable
        @Doc("Fixed node port of each gateway port, for example http: 30080; absent: a Service of type LoadBalancer.")
        NodePorts nodePorts,

        @Defaulted @Doc("Failure zones of the nodes; default none.")
        List<String> zones)
        implements Platform {
    public OnPremises {
        Require.present("storageClass", storageClass);
        zones = zones == null ? List.of() : List.copyOf(zones);
    }

    @Override
    public Exposure expose(Request request) {
        return nodePorts == null
                ? Exposure.loadBalancer(Map.of(), true)
                : Exposure.nodePorts(nodePorts.byPort(), nodePorts.healthChecked());
    }

    @Override
    public @Nullable NodePorts fixedPorts() {
        return nodePorts;
    }

    @Override
    public boolean balances() {
        return nodePorts == null;
    }

    @Override
    public Optional<Hiding> hiding() {
        return nodePorts == null || nodePorts.healthChecked()
                ? Optional.empty()
                : Optional.of(NodePorts.hiding("cluster.platform.nodePorts"));
    }

    @Override
    public Optional<InvalidValue> refusal(IpAddress address) {
        return Optional.of(new InvalidValue(
                "gateway.address",
                "\"%s\" cannot be requested from an on-premises balancer".formatted(address),
                "remove it; the balancer in front of the node ports owns the address"));
    }

    /** Node ports, in Kubernetes' range, and what the balancer in front of them does. */
    public record NodePorts(
            @Required @Sample("30080") Port http,
            @Nullable @Sample("30443") Port https,

            @Defaulted
            @Doc("Whether the balancer connects to the port of each node again and again and leaves out nodes that"
                    + " do not answer: only nodes with a gateway pod do then, and the gateway sees the client's"
                    + " address. Default false: every node answers, and passes connections on under its own"
                    + " address.")
            Boolean healthChecked) {
        public NodePorts {
            healthChecked = healthChecked != null && healthChecked;
            Require.present("http", http);
            inRange("http", http);
            if (https != null) {
                inRange("https", https);
            }
        }

        /**
         * Returns what hides the client's address where the balancer does not look which nodes answer.
         *
         * @param key where node ports are written
         */
        public static Hiding hiding(String key) {
            return new Hiding(
                    "every node passes connections on under its own address",
                    Optional.of("let the balancer ask each node's port and set %s.healthChecked: true".formatted(key)));
        }

        /** By the number of the gateway's port. */
        public SortedMap<Integer, Integer> byPort() {
            var ports = new TreeMap<Integer, Integer>();
            ports.put(80, http.value());
            if (https != null) {
                ports.put(443, https.value());
            }
            return ports;
        }

        private static void inRange(String key, Port port) {
            if (port.value() < 30000 || port.value() > 32767) {
                throw new InvalidValue(key, "\"%s\" is no node port".formatted(port), "take one from 30000 to 32767");
            }
        }
    }
}
