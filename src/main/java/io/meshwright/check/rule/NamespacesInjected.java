package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Proxy;
import java.util.List;
import java.util.stream.Stream;

/** Policies for sidecars in a namespace whose pods have none protect nothing. */
public final class NamespacesInjected implements Check {

  private static final List<Kind> FOR_PROXIES = List.of(Kind.AUTHORIZATION_POLICY, Kind.REQUEST_AUTHENTICATION,
      Kind.PEER_AUTHENTICATION, Kind.SIDECAR);
  private static final List<String> LABELS = List.of("istio-injection", "istio.io/rev", "istio.io/dataplane-mode");

  @Override
  public Stream<Finding> run(Mesh mesh) {
    return mesh.manifests().kind(Kind.NAMESPACE).stream()
        .filter(namespace -> LABELS.stream().noneMatch(namespace.labels()::containsKey))
        .filter(namespace -> !namespace.name().equals(mesh.config().rootNamespace()))
        .flatMap(namespace -> finding(mesh, namespace));
  }

  private static Stream<Finding> finding(Mesh mesh, Manifest namespace) {
    List<Pod> pods = mesh.pods().in(namespace.name());
    boolean bare = !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().type() == Proxy.Type.NONE);
    return !bare ? Stream.empty() : FOR_PROXIES.stream().flatMap(kind -> mesh.manifests().kind(kind).stream())
        .filter(policy -> policy.home().equals(namespace.name())).limit(1)
        .map(policy -> Rule.NAMESPACE_NOT_INJECTED.at(namespace,
            "no label asks for injection and no pod has a proxy, so %s and its like act on nothing".formatted(policy)));
  }
}
