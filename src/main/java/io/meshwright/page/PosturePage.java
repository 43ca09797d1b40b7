package io.meshwright.page;

import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Connection;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.MtlsException;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.PathPattern;
import io.meshwright.value.security.Posture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a {@link Posture} as a Markdown page: what is exposed, encrypted, excepted, admitted and let out. */
public final class PosturePage {
    private final Markdown page;

    private PosturePage(Markdown page) {
        this.page = page;
    }

    /** The whole page, with a line feed at its end; equal facts give equal text. */
    public static String of(Posture posture) {
        return new PosturePage(Markdown.titled("Security posture of %s".formatted(posture.environment())))
                .write(posture);
    }

    private String write(Posture posture) {
        exposed(posture.exposed());
        inside(posture.inside());
        connections(posture);
        exemptions(posture.exemptions());
        admissions(posture.admissions());
        outbound(posture.outbound());
        return page.toString();
    }

    private void exposed(List<Posture.Exposed> hosts) {
        section(
                "Exposed hosts",
                "Nothing is exposed.",
                List.of("host", "listener", "who reaches it"),
                hosts.stream()
                        .map(host -> List.of(host.host().toString(), host.listener(), reach(host)))
                        .toList());
    }

    /** Nobody can see from a 403 that it is meant, nor how to get in instead. */
    private void inside(List<Posture.Inside> hosts) {
        if (hosts.isEmpty()) {
            return;
        }
        section(
                "Hosts that the edge cannot open",
                "",
                List.of("host", "who is admitted", "through the edge", "how it opens instead"),
                hosts.stream()
                        .map(host -> List.of(
                                host.host().toString(),
                                list(host.from()),
                                ("403 for everybody: %s reports the visitor's public address, which is never one "
                                                + "of these")
                                        .formatted(host.edge()),
                                way(host)))
                        .toList());
        page.paragraph(
                "Split DNS: the resolver of the admitted network answers these names itself, with the address in the"
                        + " table, and everybody else's with the edge's addresses, as now. A browser there then comes to"
                        + " the gateway directly and is known by its own address. To open a host from elsewhere, admit"
                        + " public addresses too, or come into that network first, as by a VPN.");
    }

    private static String way(Posture.Inside host) {
        return host.address()
                .map(address -> "split DNS: in that network the name %s is %s".formatted(host.host(), address))
                .orElse("not at all: the load balancer admits %s only".formatted(host.edge()));
    }

    private static String reach(Posture.Exposed host) {
        List<String> limits = Stream.of(
                        host.restricted().stream().map(PosturePage::restriction),
                        host.tokens().stream().map(PosturePage::token),
                        host.asked().stream().map(PosturePage::agreement))
                .flatMap(each -> each)
                .toList();
        return limits.isEmpty() ? "everybody" : String.join("; ", limits);
    }

    private static String token(Jwt jwt) {
        return "%s: only with a token of %s".formatted(where(jwt.protectedPaths(), jwt.publicPaths()), jwt.issuer());
    }

    private static String agreement(Posture.Asked asked) {
        return "%s: only what %s agrees to%s"
                .formatted(
                        where(asked.protectedPaths(), asked.publicPaths()),
                        asked.authorizer(),
                        asked.failOpen()
                                .map(", and everything while it cannot be asked: %s"::formatted)
                                .orElse(""));
    }

    private static String where(List<PathPattern> guarded, List<PathPattern> open) {
        return (guarded.isEmpty() ? "every path" : list(guarded))
                .concat(open.isEmpty() ? "" : " except %s".formatted(list(open)));
    }

    private static String restriction(Posture.Restricted restricted) {
        String where = restricted.paths().isEmpty() ? "every path" : list(restricted.paths());
        return "%s: only %s".formatted(where, list(restricted.from()));
    }

    private void connections(Posture posture) {
        List<List<String>> rows = new ArrayList<>();
        posture.connections()
                .forEach(connection -> rows.add(row(connection, posture.isDeclared(connection) ? "yes" : "no")));
        posture.platform().forEach(connection -> rows.add(row(connection, "by the platform")));
        section(
                "Mutual TLS",
                "No party calls another.",
                List.of("client", "server", "port", "admitted", "on the wire", "why"),
                rows);
    }

    private static List<String> row(Connection connection, String admitted) {
        return List.of(
                connection.client().toString(),
                connection.server().toString(),
                connection.port().toString(),
                admitted,
                connection.outcome().words(),
                connection.why());
    }

    private void exemptions(List<MtlsPlan.Exemption> exemptions) {
        section(
                "Exceptions from mutual TLS",
                "There is none.",
                List.of("workload", "where", "mode", "owner", "reason", "last day"),
                exemptions.stream()
                        .map(exemption -> {
                            MtlsException exception = exemption.exception();
                            return List.of(
                                    exemption.server().toString(),
                                    exemption.where(),
                                    exception.mode().toString(),
                                    exception.owner(),
                                    exception.reason(),
                                    exception.expires().toString());
                        })
                        .toList());
    }

    private void admissions(List<Admission> admissions) {
        section(
                "Callers",
                "Nobody may call anybody.",
                List.of("server", "caller", "methods", "paths", "held by", "enforcement"),
                admissions.stream()
                        .map(admission -> List.of(
                                admission.server().toString(),
                                admission.client().toString(),
                                all(admission.limits().methods()),
                                all(admission.limits().paths()),
                                guard(admission),
                                admission.enforcement().toString()))
                        .toList());
    }

    private static String guard(Admission admission) {
        if (admission.byIdentity()) {
            return "AuthorizationPolicy and NetworkPolicy";
        }
        String why = admission.connections().stream()
                .filter(connection -> !connection.provesIdentity())
                .map(Connection::why)
                .distinct()
                .collect(Collectors.joining("; "));
        return "NetworkPolicy only, because no identity is proven: %s".formatted(why);
    }

    private void outbound(List<Posture.Outbound> outbound) {
        section(
                "Egress",
                "Nothing leaves the mesh.",
                List.of("external service", "hosts", "ports", "callers", "way"),
                outbound.stream()
                        .map(service -> List.of(
                                service.name().toString(),
                                list(service.service().hosts()),
                                service.service().ports().stream()
                                        .map(ExternalPort::name)
                                        .collect(Collectors.joining(", ")),
                                list(service.clients()),
                                service.service().egressGateway() ? "egress gateway" : "direct"))
                        .toList());
    }

    private void section(String heading, String none, List<String> head, List<List<String>> rows) {
        MarkdownTable table = MarkdownTable.of(head.toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        page.heading(heading).table(table, none);
    }

    private static String all(Collection<?> limits) {
        return limits.isEmpty() ? "all" : list(limits);
    }

    private static String list(Collection<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
