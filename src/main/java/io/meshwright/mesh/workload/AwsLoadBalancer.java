package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The load balancer of AWS that a Service asks for, as far as its class and annotations tell
 * (kubernetes-sigs.github.io/aws-load-balancer-controller, annotations of Services; docs.aws.amazon.com, target groups
 * of Network Load Balancers).
 */
public final class AwsLoadBalancer {
    private static final String PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String TYPE = PREFIX + "type";
    private static final String TARGET_TYPE = PREFIX + "nlb-target-type";
    private static final String TARGET_ATTRIBUTES = PREFIX + "target-group-attributes";
    private static final String PROXY_PROTOCOL = PREFIX + "proxy-protocol";
    private static final String PRESERVES = "preserve_client_ip.enabled";
    private static final String PROXIES = "proxy_protocol_v2.enabled";
    // The controller's, and that of EKS Auto Mode.
    private static final Set<String> CLASSES = Set.of("service.k8s.aws/nlb", "eks.amazonaws.com/nlb");

    /** Kinds of load balancer. */
    private enum Kind {
        /** A Network Load Balancer of the AWS Load Balancer Controller, or of EKS. */
        OF_CONTROLLER,
        /** A Network Load Balancer of Kubernetes' own cloud provider, which knows nodes alone. */
        OF_PROVIDER,
        /** A Classic one, or one by a class that a webhook of the controller writes. */
        UNTOLD
    }

    private final OpenService open;
    private final Kind kind;

    private AwsLoadBalancer(OpenService open, Kind kind) {
        this.open = open;
        this.kind = kind;
    }

    /** Empty where nothing on the Service is AWS's. */
    public static Optional<AwsLoadBalancer> of(OpenService open) {
        if (!open.type().equals("LoadBalancer")) {
            return Optional.empty();
        }
        String byClass = open.setting("loadBalancerClass").asText("");
        String type = open.annotations().getOrDefault(TYPE, "");
        if (CLASSES.contains(byClass)
                || byClass.isEmpty() && List.of("external", "nlb-ip").contains(type)) {
            return Optional.of(new AwsLoadBalancer(open, Kind.OF_CONTROLLER));
        }
        boolean annotated = open.annotations().keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
        return byClass.isEmpty() && annotated
                ? Optional.of(new AwsLoadBalancer(open, type.equals("nlb") ? Kind.OF_PROVIDER : Kind.UNTOLD))
                : Optional.empty();
    }

    /** True if it is a Network Load Balancer that the AWS Load Balancer Controller makes. */
    public boolean isOfController() {
        return kind == Kind.OF_CONTROLLER;
    }

    /** The address under which connections come to the pods. */
    public ClientAddress clientAddress() {
        if (kind == Kind.UNTOLD || sendsProxyProtocol().isPresent() || hasAttributesOfPorts()) {
            return ClientAddress.UNKNOWN;
        }
        Optional<Boolean> preserves = preserves();
        if (preserves.equals(Optional.of(false))) {
            return ClientAddress.HIDDEN;
        }
        boolean local = open.isLocal();
        if (sendsToPods()) {
            return preserves.isPresent() ? ClientAddress.KEPT : ClientAddress.HIDDEN;
        }
        if (sendsToNodes() || local && preserves.isPresent()) {
            return local ? ClientAddress.KEPT : ClientAddress.HIDDEN;
        }
        // What has no target type gets the controller's default, which is one of its flags.
        return ClientAddress.UNKNOWN;
    }

    /** Place of what is said of its targets. */
    public Source told() {
        String name = List.of(TARGET_ATTRIBUTES, TARGET_TYPE, TYPE).stream()
                .filter(open.annotations()::containsKey)
                .findFirst()
                .orElse(TYPE);
        return open.annotationAt(name);
    }

    /** Returns where it is told to begin connections with the PROXY protocol; empty where it is not. */
    public Optional<Source> sendsProxyProtocol() {
        if (open.annotations().getOrDefault(PROXY_PROTOCOL, "").equals("*")) {
            return Optional.of(open.annotationAt(PROXY_PROTOCOL));
        }
        return kind != Kind.UNTOLD
                        && attribute(PROXIES).filter("true"::equalsIgnoreCase).isPresent()
                ? Optional.of(open.annotationAt(TARGET_ATTRIBUTES))
                : Optional.empty();
    }

    /** True if connections come under its own address, whatever nodes do with them. */
    public boolean hidesByItself() {
        return clientAddress() == ClientAddress.HIDDEN
                && (sendsToPods() || preserves().equals(Optional.of(false)));
    }

    /** True if it is told to send to pods, past the nodes. */
    public boolean sendsToPods() {
        return kind == Kind.OF_CONTROLLER
                && (targetType().equals("ip")
                        || open.annotations().getOrDefault(TYPE, "").equals("nlb-ip"));
    }

    private boolean sendsToNodes() {
        return kind == Kind.OF_PROVIDER || !sendsToPods() && targetType().equals("instance");
    }

    private String targetType() {
        return open.annotations().getOrDefault(TARGET_TYPE, "").toLowerCase(Locale.ROOT);
    }

    private Optional<Boolean> preserves() {
        return attribute(PRESERVES).map(Boolean::parseBoolean);
    }

    private Optional<String> attribute(String name) {
        return Arrays.stream(
                        open.annotations().getOrDefault(TARGET_ATTRIBUTES, "").split(","))
                .map(String::strip)
                .filter(pair -> pair.startsWith("%s=".formatted(name)))
                .map(pair -> pair.substring(name.length() + 1).strip())
                .findFirst();
    }

    private boolean hasAttributesOfPorts() {
        return open.annotations().keySet().stream()
                .anyMatch(name -> name.startsWith("%s.".formatted(TARGET_ATTRIBUTES)));
    }
}
