package io.meshwright.construct.traffic;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fields of objects in Git that Argo Rollouts writes, as Argo CD is told not to revert them. */
final class ManagedFields {
    private static final String GROUP = "networking.istio.io";
    private static final String HASH = "rollouts-pod-template-hash";

    private ManagedFields() {}

    static List<IgnoredDifference> of(List<ManagedRoutes> routes, Name destinationRule, Name namespace) {
        List<IgnoredDifference> fields = new ArrayList<>();
        routes.forEach(managed -> fields.add(new IgnoredDifference(
                GROUP,
                "VirtualService",
                managed.virtualService().toString(),
                Optional.of(managed.namespace().toString()),
                List.of(".spec.http[]? | select(%s) | .route[]?.weight".formatted(named(managed.routes()))))));
        fields.add(new IgnoredDifference(
                GROUP,
                "DestinationRule",
                destinationRule.toString(),
                Optional.of(namespace.toString()),
                List.of(".spec.subsets[]? | select(%s) | .labels[\"%s\"]"
                        .formatted(named(List.of(Subsets.STABLE, Subsets.CANARY)), HASH))));
        return List.copyOf(fields);
    }

    private static String named(List<String> names) {
        return names.stream().map(".name == \"%s\""::formatted).collect(Collectors.joining(" or "));
    }
}
