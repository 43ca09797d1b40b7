package io.meshwright.construct.traffic;

import imports.io.istio.networking.DestinationRule;
import imports.io.istio.networking.DestinationRuleSpec;
import imports.io.istio.networking.DestinationRuleSpecSubsets;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import io.meshwright.value.traffic.CircuitBreaker;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Stream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/**
 * Says how clients treat a service: one DestinationRule with its pools, circuit breaker, load balancing and versions.
 */
public final class DestinationPolicy extends Construct {
    private final DestinationRule resource;
    private final Props props;

    private DestinationPolicy(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        List<DestinationRuleSpecSubsets> subsets = SubsetRules.of(props);
        this.resource = DestinationRule.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().toString())
                        .namespace(props.backend().namespace().toString())
                        .annotations(insistence(props.resilience().circuitBreaker()))
                        .build())
                .spec(DestinationRuleSpec.builder()
                        .host(props.backend().host().toString())
                        .trafficPolicy(TrafficPolicies.of(props))
                        .subsets(subsets.isEmpty() ? null : subsets)
                        .build())
                .build();
    }

    /**
     * Who insists on ejecting every pod gives a reason, and the reason stands where the check that refuses it looks.
     */
    private static Map<String, String> insistence(CircuitBreaker breaker) {
        return breaker.enabled() && breaker.reason() != null
                ? Map.of("meshwright.io/ignore", "MESH177: %s".formatted(breaker.reason()))
                : null;
    }

    /** Name of the DestinationRule. */
    public Name name() {
        return props.name();
    }

    /** The DestinationRule, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    /**
     * All that the policy of a service needs.
     *
     * @param name default: the service's
     * @param podLabels what the service's pods carry
     * @param replicas pods of one version, at least
     * @param release how its versions share the requests; empty: there is one
     * @param streams what the service keeps open; each version gets a subset whose pool nothing else fills
     * @param istio release that reads the rule; default 1.26
     */
    public record Props(
            Name name,
            Backend backend,
            Map<String, String> podLabels,
            int replicas,
            Resilience resilience,
            ClientTls tls,
            Optional<Release> release,
            List<Stream> streams,
            Version istio) {
        public Props {
            Require.present("backend", backend);
            name = name == null ? backend.service() : name;
            podLabels = Collections.unmodifiableMap(new TreeMap<>(Require.notEmpty("podLabels", podLabels)));
            Require.inRange("replicas", replicas, 1, 1000);
            resilience = resilience == null ? Resilience.defaults() : resilience;
            tls = tls == null ? ClientTls.AUTO : tls;
            streams = List.copyOf(streams);
            istio = istio == null ? Version.of("1.26") : istio;
            resilience.refuseIdleBreaker(replicas);
            resilience.refuseHashBeside(release.orElse(null));
        }
    }

    /** Collects what the policy of a service is made of. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name name;
        private Backend backend;
        private Map<String, String> podLabels;
        private int replicas = 1;
        private Resilience resilience;
        private ClientTls tls;
        private Release release;
        private List<Stream> streams = List.of();
        private Version istio;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Default: the service's name. */
        public Builder name(Name name) {
            this.name = name;
            return this;
        }

        public Builder backend(Backend backend) {
            this.backend = backend;
            return this;
        }

        /** What the service's pods carry. */
        public Builder podLabels(Map<String, String> podLabels) {
            this.podLabels = podLabels;
            return this;
        }

        /** Pods of one version, at least; default 1, for which there is no circuit breaker. */
        public Builder replicas(int replicas) {
            this.replicas = replicas;
            return this;
        }

        public Builder resilience(Resilience resilience) {
            this.resilience = resilience;
            return this;
        }

        /** Default: mutual TLS wherever both ends can. */
        public Builder tls(ClientTls tls) {
            this.tls = tls;
            return this;
        }

        /** How versions share the requests; default: there is one. */
        public Builder release(Release release) {
            this.release = release;
            return this;
        }

        /** What the service keeps open. */
        public Builder streams(List<Stream> streams) {
            this.streams = streams;
            return this;
        }

        /** Release of Istio that reads the rule. */
        public Builder istio(Version istio) {
            this.istio = istio;
            return this;
        }

        public DestinationPolicy build() {
            return new DestinationPolicy(
                    scope,
                    id,
                    new Props(
                            name,
                            backend,
                            podLabels,
                            replicas,
                            resilience,
                            tls,
                            Optional.ofNullable(release),
                            streams,
                            istio));
        }
    }
}
