package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.PeerAuthentications.Decision;
import io.meshwright.mesh.PeerAuthentications.Mode;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Proxy;
import io.meshwright.mesh.Service;
import io.meshwright.mesh.ServicePort;
import io.meshwright.mesh.Source;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod without a proxy speaks plaintext, which a STRICT workload cuts off; callers are known where their own settings
 * name a service.
 */
public final class PlaintextCallerAdmitted implements Check {

  private static final Pattern HOST =
      Pattern.compile("(?:^|//|@)([a-z0-9]([-a-z0-9]*[a-z0-9])?(?:\\.[-a-z0-9.]+)?):(\\d{2,5})(?:[/?]|$)");

  @Override
  public Stream<Finding> run(Mesh mesh) {
    return mesh.pods().all().stream().filter(pod -> pod.proxy().type() == Proxy.Type.NONE)
        .flatMap(pod -> calls(mesh, pod));
  }

  private static Stream<Finding> calls(Mesh mesh, Pod caller) {
    Stream.Builder<Finding> findings = Stream.builder();
    Source spec = caller.source().at("/spec");
    for (int container = 0; container < caller.spec().path("containers").size(); container++) {
      Source place = spec.item("containers", container);
      var environment = caller.spec().path("containers").path(container).path("env");
      for (int index = 0; index < environment.size(); index++) {
        call(mesh, caller, place.item("env", index), environment.path(index).path("value").asText(""))
            .forEach(findings::add);
      }
    }
    return findings.build();
  }

  private static Stream<Finding> call(Mesh mesh, Pod caller, Source place, String text) {
    var found = HOST.matcher(text);
    if (!found.find()) {
      return Stream.empty();
    }
    int number = Integer.parseInt(found.group(3));
    return service(mesh, found.group(1), caller.namespace()).flatMap(service -> service.port(number).stream()
        .flatMap(port -> strict(mesh, service, port, caller).map(decision -> Rule.PLAINTEXT_CALLER_OF_STRICT.at(place,
            "%s has no proxy (%s) and calls %s on port %d in plaintext, which %s cuts off"
                .formatted(caller, caller.proxy().why(), service, number,
                decision.source().map(source -> source.manifest().toString()).orElse("the mesh")))))).limit(1);
  }

  private static Stream<Service> service(Mesh mesh, String host, String namespace) {
    String[] parts = host.split("\\.");
    return mesh.services().kubernetes(parts.length > 1 ? parts[1] : namespace, parts[0]).stream();
  }

  private static Stream<Decision> strict(Mesh mesh, Service service, ServicePort port, Pod caller) {
    List<Pod> servers = mesh.services().pods(service);
    return servers.stream().filter(server -> server != caller && server.proxy().isSidecar()).flatMap(server -> {
      OptionalInt target = port.on(server);
      return target.isEmpty() ? Stream.empty() : Stream.of(mesh.peerAuthentications().of(server, target.getAsInt()));
    }).filter(decision -> decision.mode() == Mode.STRICT);
  }
}
