package io.meshwright.check.rule;

import io.meshwright.mesh.HostName;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Service;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether something missing means anything: manifests are often a part of a cluster only, and what lies elsewhere
 * is not wrong.
 */
final class Given {

  private final Mesh mesh;
  private final Set<String> withServices = new TreeSet<>();
  private final Set<String> withPods = new TreeSet<>();

  Given(Mesh mesh) {
    this.mesh = mesh;
    mesh.services().all().stream().filter(Service::isWritten).map(Service::namespace).forEach(withServices::add);
    mesh.pods().all().stream().map(Pod::namespace).forEach(withPods::add);
  }

  /**
   * Whether Services or ServiceEntries of the namespace are among the manifests, so that a further one would be too.
   */
  boolean services(String namespace) {
    return withServices.contains(namespace);
  }

  boolean anyService() {
    return !withServices.isEmpty();
  }

  /** Whether workloads of the namespace are among the manifests. */
  boolean pods(String namespace) {
    return withPods.contains(namespace);
  }

  /**
   * Why a host that an object of a namespace writes leads nowhere; empty when it leads somewhere or nobody can tell.
   */
  Optional<String> lost(String written, String namespace) {
    String host = mesh.services().host(written, namespace);
    boolean known = HostName.isWildcard(host) ? mesh.services().all().stream()
        .anyMatch(service -> HostName.overlap(service.host(), host))
        : !mesh.services().of(host).isEmpty() || mesh.services().find(host, namespace).isPresent();
    if (host.isEmpty() || known || mesh.externals().hasHost(host)) {
      return Optional.empty();
    }
    return why(host, namespace);
  }

  private Optional<String> why(String host, String namespace) {
    String suffix = ".svc.".concat(mesh.config().domain());
    String[] parts = host.split("\\.");
    boolean abbreviated = parts.length == 2 || parts.length == 3 && parts[2].equals("svc");
    if (abbreviated && mesh.services().kubernetes(parts[1], parts[0]).isPresent()) {
      return Optional.of("Istio does not complete \"%s\", it means only itself; write \"%s%s\"".formatted(host,
          "%s.%s".formatted(parts[0], parts[1]), suffix));
    }
    if (host.endsWith(suffix)) {
      String rest = host.substring(0, host.length() - suffix.length());
      String home = rest.substring(rest.lastIndexOf('.') + 1);
      return services(home) ? Optional.of("there is no Service \"%s\" in namespace \"%s\"".formatted(
          rest.substring(0, Math.max(0, rest.lastIndexOf('.'))), home)) : Optional.empty();
    }
    return services(namespace) ? Optional.of("no Service and no ServiceEntry has the host \"%s\"".formatted(host))
        : Optional.empty();
  }
}
