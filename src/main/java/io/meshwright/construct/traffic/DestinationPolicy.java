package io.meshwright.construct.traffic;

import imports.io.istio.networking.DestinationRule;
import imports.io.istio.networking.DestinationRuleSpec;
import imports.io.istio.networking.DestinationRuleSpecSubsets;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.ExceptionTerms;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Version;
import io.meshwright.value.traffic.CircuitBreaker;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Stream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
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

    /** A reason is given for ejecting every pod, and it stands where the check that refuses it looks. */
    private static @Nullable Map<String, String> insistence(CircuitBreaker breaker) {
        String reason = breaker.reason();
        return breaker.enabled() && reason != null
                ? Map.of(MeshwrightNames.IGNORE, ExceptionTerms.ignoring("MESH177", reason))
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
     * @param name of the DestinationRule; default: the service's
     * @param backend the service
     * @param podLabels what the service's pods carry
     * @param replicas pods of one version, at least; default 1, for which there is no circuit breaker
     * @param resilience pools, circuit breaker and load balancing; default: those of {@code Resilience.defaults()}
     * @param tls of the clients; default: mutual TLS wherever both ends can
     * @param release how its versions share the requests; absent: there is one
     * @param streams what the service keeps open; each version gets a subset whose pool nothing else fills
     * @param istio release that reads the rule; default 1.26
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Required Backend backend,
            @Required SortedMap<String, String> podLabels,
            @Defaulted Integer replicas,
            @Defaulted Resilience resilience,
            @Defaulted ClientTls tls,
            Optional<Release> release,
            List<Stream> streams,
            @Defaulted Version istio) {
        Props {
            name = name == null ? backend.service() : name;
            replicas = Require.inRange("replicas", replicas == null ? 1 : replicas, 1, 1000);
            resilience = resilience == null ? Resilience.defaults() : resilience;
            tls = tls == null ? ClientTls.AUTO : tls;
            istio = istio == null ? Version.of("1.26") : istio;
            resilience.refuseIdleBreaker(replicas);
            resilience.refuseHashBeside(release.orElse(null));
        }
    }

    /** Collects what the policy of a service is made of. */
    public static final class Builder extends DestinationPolicySetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public DestinationPolicy build() {
            return ConstructMaker.make(scope, id, () -> new DestinationPolicy(scope, id, props()));
        }
    }
}
