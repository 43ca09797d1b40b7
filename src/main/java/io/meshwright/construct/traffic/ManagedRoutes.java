package io.meshwright.construct.traffic;

import io.meshwright.value.Name;
import java.util.List;

/** Routes of one VirtualService whose weights Argo Rollouts writes. */
public record ManagedRoutes(Name virtualService, Name namespace, List<String> routes) {
    public ManagedRoutes {
        routes = List.copyOf(routes);
    }
}
