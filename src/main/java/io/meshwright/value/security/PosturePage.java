package io.meshwright.value.security;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a {@link Posture} as a Markdown page: what is exposed, encrypted, excepted, admitted and let out. */
public final class PosturePage {
  private final MarkdownText page = new MarkdownText();

  private PosturePage() {}

  /** The whole page, with a line feed at its end; equal facts give equal text. */
  public static String of(Posture posture) {
    return new PosturePage().write(posture);
  }

  private String write(Posture posture) {
    page.title("Security posture of %s".formatted(posture.environment()));
    exposed(posture.exposed());
    hops(posture.hops());
    exemptions(posture.exemptions());
    admissions(posture.admissions());
    outbound(posture.outbound());
    return page.toString();
  }

  private void exposed(List<Posture.Exposed> hosts) {
    page.table("Exposed hosts", "Nothing is exposed.", List.of("host", "listener", "who reaches it"),
        hosts.stream().map(host -> List.of(host.host().toString(), host.listener(), reach(host))).toList());
  }

  private static String reach(Posture.Exposed host) {
    return host.restricted().isEmpty() ? "everybody"
        : host.restricted().stream().map(PosturePage::restriction).collect(Collectors.joining("; "));
  }

  private static String restriction(Posture.Restricted restricted) {
    String where = restricted.paths().isEmpty() ? "every path" : list(restricted.paths());
    return "%s: only %s".formatted(where, list(restricted.from()));
  }

  private void hops(List<Hop> hops) {
    page.table("Mutual TLS", "No party calls another.", List.of("client", "server", "port", "outcome", "why"),
        hops.stream().map(hop -> List.of(hop.client().toString(), hop.server().toString(), hop.port().toString(),
            hop.outcome().words(), hop.why())).toList());
  }

  private void exemptions(List<MtlsPlan.Exemption> exemptions) {
    page.table("Exceptions from mutual TLS", "There is none.",
        List.of("workload", "where", "mode", "owner", "reason", "last day"),
        exemptions.stream().map(exemption -> {
          MtlsException exception = exemption.exception();
          return List.of(exemption.server().toString(), exemption.where(), exception.mode().toString(),
              exception.owner(),
              exception.reason(), exception.expires().toString());
        }).toList());
  }

  private void admissions(List<Admission> admissions) {
    page.table("Callers", "Nobody may call anybody.",
        List.of("server", "caller", "methods", "paths", "held by", "enforcement"),
        admissions.stream().map(admission -> List.of(admission.server().toString(), admission.client().toString(),
            all(admission.limits().methods()), all(admission.limits().paths()), guard(admission),
            admission.enforcement().toString())).toList());
  }

  private static String guard(Admission admission) {
    if (admission.byIdentity()) {
      return "AuthorizationPolicy and NetworkPolicy";
    }
    String why = admission.hops().stream().filter(hop -> !hop.provesIdentity()).map(Hop::why).distinct()
        .collect(Collectors.joining("; "));
    return "NetworkPolicy only, because no identity is proven: %s".formatted(why);
  }

  private void outbound(List<Posture.Outbound> outbound) {
    page.table("Egress", "Nothing leaves the mesh.", List.of("external service", "hosts", "ports", "callers", "way"),
        outbound.stream().map(service -> List.of(service.name().toString(), list(service.service().hosts()),
            service.service().ports().stream().map(ExternalPort::name).collect(Collectors.joining(", ")),
            list(service.clients()), service.service().egressGateway() ? "egress gateway" : "direct")).toList());
  }

  private static String all(Collection<?> limits) {
    return limits.isEmpty() ? "all" : list(limits);
  }

  private static String list(Collection<?> things) {
    return things.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
