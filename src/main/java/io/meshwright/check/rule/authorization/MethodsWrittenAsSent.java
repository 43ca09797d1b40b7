package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A method of a rule is one that requests have, in their letters. */
@AutoService(Inspection.class)
public final class MethodsWrittenAsSent implements Check {
    public static final Rule METHOD_UNKNOWN = Rule.error("MESH214", "method_unknown")
            .title("A rule names a method that no request has")
            .twins("KIA0102")
            .consequence("The rule fits no request.")
            .remedy("Write the method in capital letters.");

    // The registry of IANA, with what programs send beside it: LIST to Vault and OpenBao, PURGE and BAN to caches,
    // and the methods of UPnP.
    private static final Set<String> METHODS = Set.of(
            ("GET HEAD POST PUT PATCH DELETE OPTIONS CONNECT TRACE QUERY ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY"
                            + " LABEL LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE"
                            + " ORDERPATCH PRI PROPFIND PROPPATCH REBIND REPORT SEARCH UNBIND UNCHECKOUT UNLINK UNLOCK"
                            + " UPDATEREDIRECTREF VERSION-CONTROL LIST PURGE BAN NOTIFY SUBSCRIBE UNSUBSCRIBE M-SEARCH *")
                    .split(" "));

    @Override
    public List<Rule> rules() {
        return List.of(METHOD_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies()
                .rules()
                .flatMap(rule -> AuthorizationValues.of(rule, "to", "operation", "methods", "notMethods")
                        .flatMap(MethodsWrittenAsSent::method));
    }

    private static Stream<Finding> method(AuthorizationValues.Value value) {
        // Of gRPC Istio compares the method as the path, and the HTTP method is always POST.
        boolean known = METHODS.contains(value.text())
                || value.text().endsWith("*")
                || value.text().startsWith("*");
        return known
                ? Stream.empty()
                : Stream.of(METHOD_UNKNOWN.at(
                        value.source(),
                        "no request has the method \"%s\"; methods are compared letter for letter"
                                .formatted(value.text())));
    }
}
