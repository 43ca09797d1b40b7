package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Attachment;
import io.meshwright.mesh.AuthorizationPolicy;
import io.meshwright.mesh.AuthorizationRule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.PeerAuthentications.Mode;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A caller is known by its certificate, so a rule for callers fits only who comes with mutual TLS. */
public final class PrincipalsProven implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    return mesh.authorizationPolicies().all().stream().flatMap(policy -> {
      List<Values.Value> identities = policy.rules().stream().flatMap(PrincipalsProven::identities).toList();
      boolean plain = !identities.isEmpty() && speakPlain(mesh, policy);
      return identities.stream().flatMap(value -> finding(mesh, value, plain).stream());
    });
  }

  private static Stream<Values.Value> identities(AuthorizationRule rule) {
    return Stream.of(Values.of(rule.source(), "from", "source", "principals", "namespaces", "serviceAccounts"),
        Values.when(rule.source(), "source.principal"), Values.when(rule.source(), "source.namespace"))
        .flatMap(values -> values);
  }

  /** Whether none of the pods on which the policy acts takes mutual TLS. */
  private static boolean speakPlain(Mesh mesh, AuthorizationPolicy policy) {
    List<Pod> servers = Attachment.pods(policy.manifest(), mesh).stream().filter(pod -> pod.proxy().isSidecar())
        .toList();
    return !servers.isEmpty() && servers.stream().allMatch(pod -> speaksPlain(mesh, pod));
  }

  private static Optional<Finding> finding(Mesh mesh, Values.Value value, boolean plain) {
    if (plain) {
      return Optional.of(Rule.PRINCIPAL_OVER_PLAINTEXT.at(value.source(),
          "mutual TLS is off for the pods of the policy, so no caller of theirs ever is \"%s\""
              .formatted(value.text())));
    }
    List<Pod> callers = callers(mesh, value.text());
    boolean unproven = !callers.isEmpty() && callers.stream().allMatch(pod -> pod.proxy().type() == Proxy.Type.NONE);
    return unproven ? Optional.of(Rule.PRINCIPAL_OVER_PLAINTEXT.at(value.source(),
        "%s has no proxy (%s), so it comes without a certificate and is not known as \"%s\"".formatted(callers.get(0),
            callers.get(0).proxy().why(), value.text()))) : Optional.empty();
  }

  /** The pods that a whole identity names. */
  private static List<Pod> callers(Mesh mesh, String principal) {
    String[] parts = principal.split("/");
    boolean whole = parts.length == 5 && parts[1].equals("ns") && parts[3].equals("sa");
    return whole ? mesh.pods().withServiceAccount(parts[2], parts[4]) : List.of();
  }

  private static boolean speaksPlain(Mesh mesh, Pod pod) {
    int[] ports = IntStream.concat(pod.ports().stream().mapToInt(port -> port.number()),
        mesh.services().selecting(pod).stream().flatMap(service -> service.ports().stream())
            .map(port -> port.on(pod)).filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt)).toArray();
    return ports.length > 0 && IntStream.of(ports)
        .allMatch(port -> mesh.peerAuthentications().of(pod, port).mode() == Mode.DISABLE);
  }
}
