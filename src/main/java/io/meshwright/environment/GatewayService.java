package io.meshwright.environment;

import io.meshwright.platform.OnPremises.NodePorts;
import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Kubernetes Service in front of a gateway's pods, where it is to be another than the platform's usual one. */
@Doc("The Service in front of a gateway's pods, where it is to be another than the platform's usual one.")
public record GatewayService(
        @Nullable @Doc("LoadBalancer, NodePort or ClusterIP; default: what the platform has.")
        Type type,

        @Nullable
        @Doc("Controller that gives the load balancer, such as service.k8s.aws/nlb; from Istio 1.26 on; Kubernetes"
                + " never changes it afterwards.")
        String loadBalancerClass,

        @Defaulted @Doc("Annotations of the Service, beside those that the platform gives and before them.")
        Map<String, String> annotations,

        @Defaulted @Doc("Networks from which clients may connect; default: those that cluster.edge says, else all.")
        List<Cidr> loadBalancerSourceRanges,

        @Nullable @Doc("Fixed node ports, for type NodePort; default: those of the platform for the first gateway.")
        NodePorts nodePorts) {
    public GatewayService {
        annotations = annotations == null ? Map.of() : new LinkedHashMap<>(annotations);
        loadBalancerSourceRanges = loadBalancerSourceRanges == null ? List.of() : List.copyOf(loadBalancerSourceRanges);
        Require.that(
                loadBalancerClass == null
                        || loadBalancerClass.matches("[a-z0-9][-a-z0-9.]*/[A-Za-z0-9][-A-Za-z0-9_.]*"),
                "loadBalancerClass",
                "\"%s\" is no name with a domain before it".formatted(loadBalancerClass),
                "write it as the controller's documents do, such as service.k8s.aws/nlb");
        boolean balanced = type == null || type == Type.LOAD_BALANCER;
        Require.that(
                balanced || loadBalancerClass == null,
                "loadBalancerClass",
                "\"%s\" has no load balancer to give for type %s".formatted(loadBalancerClass, words(type)),
                "use type: LoadBalancer, or remove it");
        Require.that(
                balanced || loadBalancerSourceRanges.isEmpty(),
                "loadBalancerSourceRanges",
                "no load balancer of type %s would admit them alone".formatted(words(type)),
                "use type: LoadBalancer, or let a firewall in front admit them");
        Require.that(
                type == Type.NODE_PORT || nodePorts == null,
                "nodePorts",
                "are those of type NodePort",
                "use type: NodePort, or remove them");
    }

    static GatewayService usual() {
        return new GatewayService(null, null, null, null, null);
    }

    private static String words(@Nullable Type type) {
        return type == null ? "" : type.word();
    }

    /** Types of a Service. */
    public enum Type {
        @Word("LoadBalancer")
        LOAD_BALANCER("LoadBalancer"),
        @Word("NodePort")
        NODE_PORT("NodePort"),
        @Word("ClusterIP")
        CLUSTER_IP("ClusterIP");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As Kubernetes spells it. */
        public String word() {
            return word;
        }
    }
}
