package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.platform.release.ChartAddOn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The webhook configurations of charts, and what a platform adds to each of them. */
public final class Webhooks {
    static final String GROUP = "admissionregistration.k8s.io";
    static final String VALIDATING = "ValidatingWebhookConfiguration";
    static final String MUTATING = "MutatingWebhookConfiguration";

    private Webhooks() {}

    /**
     * Fields that are ignored in an add-on's webhooks on a platform whose own admission puts expressions on these label
     * keys into every {@code namespaceSelector}; empty where it has none. Names are those that each chart gives under
     * our release names.
     */
    public static List<IgnoredDifference> of(ChartAddOn addOn, List<String> keys) {
        return keys.isEmpty()
                ? List.of()
                : switch (addOn) {
                    case CERT_MANAGER ->
                        List.of(
                                selectors(VALIDATING, "cert-manager-webhook", keys),
                                selectors(MUTATING, "cert-manager-webhook", keys));
                    case EXTERNAL_SECRETS ->
                        List.of(
                                selectors(VALIDATING, "externalsecret-validate", keys),
                                selectors(VALIDATING, "secretstore-validate", keys));
                    case KEDA -> List.of(selectors(VALIDATING, "keda-admission", keys));
                    case METALLB -> List.of(selectors(VALIDATING, "metallb-webhook-configuration", keys));
                    case ARGO_CD, ARGO_ROLLOUTS, CERT_MANAGER_CSI_DRIVER -> List.of();
                };
    }

    /** The same for webhooks in which something else is ignored already. */
    public static List<IgnoredDifference> and(List<IgnoredDifference> ignored, List<String> keys) {
        return keys.isEmpty()
                ? ignored
                : ignored.stream()
                        .map(each -> each.group().equals(GROUP) ? each.with(List.of(expressions(keys))) : each)
                        .toList();
    }

    private static IgnoredDifference selectors(String kind, String name, List<String> keys) {
        return new IgnoredDifference(GROUP, kind, name, Optional.empty(), List.of(expressions(keys)));
    }

    /** Exactly the expressions on these keys: what the chart itself selects by is still compared. */
    private static String expressions(List<String> keys) {
        return ".webhooks[]?.namespaceSelector.matchExpressions[]? | select(%s)"
                .formatted(keys.stream().map(".key == \"%s\""::formatted).collect(Collectors.joining(" or ")));
    }
}
