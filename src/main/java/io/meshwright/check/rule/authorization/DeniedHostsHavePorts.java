package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A host that is denied is denied with a port behind it too. */
@AutoService(Inspection.class)
public final class DeniedHostsHavePorts implements Check {
    public static final Rule HOST_EVADED_BY_PORT = Rule.warning("MESH233", "host_evaded_by_port")
            .title("A DENY rule names a host without any port")
            .consequence("A Host header with a port is another text: whoever writes one is not denied.")
            .remedy("Name the host a second time with \":*\" behind it.");

    @Override
    public List<Rule> rules() {
        return List.of(HOST_EVADED_BY_PORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream()
                .filter(policy -> policy.action() == AuthorizationPolicy.Action.DENY)
                .flatMap(policy -> policy.rules().stream())
                .flatMap(rule -> evaded(rule.source()));
    }

    /**
     * The header is compared as a text, port and all (matcher.HostMatcher), while routes are found without the port.
     */
    private static Stream<Finding> evaded(Source rule) {
        List<AuthorizationValues.Value> hosts =
                AuthorizationValues.of(rule, "to", "operation", "hosts").toList();
        return hosts.stream()
                .filter(host -> !host.text().endsWith("*") && !host.text().contains(":"))
                .filter(host -> hosts.stream()
                        .map(AuthorizationValues.Value::text)
                        .noneMatch(other -> other.endsWith("*")
                                && other.length() > 1
                                && host.text().concat(":").startsWith(other.substring(0, other.length() - 1))))
                .filter(host -> hosts.stream().noneMatch(other -> other.text().equals("*")))
                .map(host -> HOST_EVADED_BY_PORT.at(
                        host.source(),
                        "a request with \"%s:80\" in its Host header goes where one with \"%1$s\" does, and is not denied"
                                .formatted(host.text().replaceFirst("^\\*", "any"))));
    }
}
