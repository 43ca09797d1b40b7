package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Paths and hosts of a rule have the form in which a proxy compares them; any other fits no request. */
@AutoService(Inspection.class)
public final class PathsAndHostsCanFit implements Check {
    public static final Rule PATH_FITS_NOTHING = Rule.error("MESH215", "path_fits_nothing")
            .title("A rule names a path that no request has")
            .consequence("The rule fits no request.")
            .remedy("Write a whole path, or one with an asterisk at one end; templates with {*} need Istio 1.22.");

    public static final Rule HOST_FITS_NOTHING = Rule.error("MESH229", "host_fits_nothing")
            .title("A rule names a host that no request has")
            .consequence("The rule fits no request.")
            .remedy("Write a host without scheme and path, with an asterisk at one end at most.");

    @Override
    public List<Rule> rules() {
        return List.of(PATH_FITS_NOTHING, HOST_FITS_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies()
                .rules()
                .flatMap(rule -> Stream.concat(
                        AuthorizationValues.of(rule, "to", "operation", "paths", "notPaths")
                                .flatMap(value -> path(value, mesh.version())),
                        AuthorizationValues.of(rule, "to", "operation", "hosts", "notHosts")
                                .flatMap(PathsAndHostsCanFit::host)));
    }

    private static Stream<Finding> path(AuthorizationValues.Value value, IstioVersion version) {
        String written = value.text();
        String inner = written.length() > 1 ? written.substring(1, written.length() - 1) : "";
        boolean template = version.knowsPathTemplates() && written.contains("{*");
        Optional<String> flaw = Optional.empty();
        if (written.contains("?")) {
            flaw = Optional.of("paths are compared without the query");
        } else if (!template && inner.contains("*")
                || written.startsWith("*") && written.endsWith("*") && written.length() > 1) {
            flaw = Optional.of("an asterisk stands for anything only at one end");
        } else if (written.startsWith("^") || written.endsWith("$") || written.contains(".*")) {
            flaw = Optional.of("it is no regular expression");
        } else if (!written.startsWith("/") && !written.startsWith("*")) {
            flaw = Optional.of("a path begins with a slash");
        }
        return flaw.stream()
                .map(why -> PATH_FITS_NOTHING.at(
                        value.source(), "the path \"%s\" fits no request: %s".formatted(written, why)));
    }

    private static Stream<Finding> host(AuthorizationValues.Value value) {
        String written = value.text();
        String inner = written.length() > 1 ? written.substring(1, written.length() - 1) : "";
        Optional<String> flaw = Optional.empty();
        if (written.contains("/")) {
            flaw = Optional.of("a host has neither a scheme nor a path");
        } else if (inner.contains("*") || written.length() > 1 && written.startsWith("*") && written.endsWith("*")) {
            flaw = Optional.of("an asterisk stands for anything only at one end");
        }
        return flaw.stream()
                .map(why -> HOST_FITS_NOTHING.at(
                        value.source(), "the host \"%s\" fits no request: %s".formatted(written, why)));
    }
}
