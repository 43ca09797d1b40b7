package io.meshwright.construct.traffic;

import imports.io.istio.networking.EnvoyFilter;
import imports.io.istio.networking.EnvoyFilterSpec;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatches;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesApplyTo;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatch;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchContext;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListener;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListenerFilterChain;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesPatch;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesPatchOperation;
import imports.io.istio.networking.EnvoyFilterSpecWorkloadSelector;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Required;
import io.meshwright.value.traffic.RateLimit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** Lets each pod of a service answer 429 above a rate: one EnvoyFilter in front of its sidecar's router. */
public final class LocalRateLimit extends Construct {
    // A relative insertion without a priority depends on the order of creation (istioctl analyze, IST0151).
    private static final int PRIORITY = 10;
    private static final String MANAGER = "envoy.filters.network.http_connection_manager";
    private static final String ROUTER = "envoy.filters.http.router";
    private static final String FILTER = "envoy.filters.http.local_ratelimit";
    private static final String TYPE =
            "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";

    private final EnvoyFilter resource;

    private LocalRateLimit(Construct scope, String id, Props props) {
        super(scope, id);
        this.resource = EnvoyFilter.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name("%s-rate-limit".formatted(props.backend().service()))
                        .namespace(props.backend().namespace().toString())
                        .build())
                .spec(EnvoyFilterSpec.builder()
                        .priority(PRIORITY)
                        .workloadSelector(EnvoyFilterSpecWorkloadSelector.builder()
                                .labels(props.podLabels())
                                .build())
                        .configPatches(List.of(EnvoyFilterSpecConfigPatches.builder()
                                .applyTo(EnvoyFilterSpecConfigPatchesApplyTo.HTTP_UNDERSCORE_FILTER)
                                .match(beforeRouter())
                                .patch(EnvoyFilterSpecConfigPatchesPatch.builder()
                                        .operation(EnvoyFilterSpecConfigPatchesPatchOperation.INSERT_UNDERSCORE_BEFORE)
                                        .value(filter(props.limit()))
                                        .build())
                                .build()))
                        .build())
                .build();
    }

    /** The EnvoyFilter, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static EnvoyFilterSpecConfigPatchesMatch beforeRouter() {
        return EnvoyFilterSpecConfigPatchesMatch.builder()
                .context(EnvoyFilterSpecConfigPatchesMatchContext.SIDECAR_UNDERSCORE_INBOUND)
                .listener(EnvoyFilterSpecConfigPatchesMatchListener.builder()
                        .filterChain(EnvoyFilterSpecConfigPatchesMatchListenerFilterChain.builder()
                                .filter(EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter.builder()
                                        .name(MANAGER)
                                        .subFilter(
                                                EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter
                                                        .builder()
                                                        .name(ROUTER)
                                                        .build())
                                        .build())
                                .build())
                        .build())
                .build();
    }

    private static Map<String, Object> filter(RateLimit limit) {
        Map<String, Object> bucket = new LinkedHashMap<>();
        bucket.put("max_tokens", limit.burst());
        bucket.put("tokens_per_fill", limit.requests());
        bucket.put("fill_interval", limit.interval().inSeconds());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("@type", TYPE);
        config.put("stat_prefix", "http_local_rate_limiter");
        config.put("token_bucket", bucket);
        config.put("filter_enabled", always("local_rate_limit_enabled"));
        config.put("filter_enforced", always("local_rate_limit_enforced"));
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("name", FILTER);
        filter.put("typed_config", config);
        return filter;
    }

    // Without both, Envoy counts and never answers 429 (local_rate_limit.proto: the defaults are 0 %).
    private static Map<String, Object> always(String key) {
        Map<String, Object> share = new LinkedHashMap<>();
        share.put("numerator", 100);
        share.put("denominator", "HUNDRED");
        Map<String, Object> always = new LinkedHashMap<>();
        always.put("runtime_key", key);
        always.put("default_value", share);
        return always;
    }

    /**
     * All that a limit needs.
     *
     * @param backend the service
     * @param podLabels whose sidecars count
     * @param limit how many requests each pod takes
     */
    @Buildable
    record Props(
            @Required Backend backend,
            @Required SortedMap<String, String> podLabels,
            @Required RateLimit limit) {}

    /** Collects what a limit is made of. */
    public static final class Builder extends LocalRateLimitSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** The service, and what its pods carry. */
        public Builder service(Backend backend, Map<String, String> podLabels) {
            return backend(backend).podLabels(podLabels);
        }

        public LocalRateLimit build() {
            return ConstructMaker.make(scope, id, () -> new LocalRateLimit(scope, id, props()));
        }
    }
}
