package io.meshwright.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.sample.PolicySamples;
import io.meshwright.trace.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Requests that a rule of an ALLOW policy names, from whom it names. */
final class RuleAsks {
    private final Mesh mesh;
    private final Callers callers;
    private final Consumer<Ask> asks;

    RuleAsks(Mesh mesh, Callers callers, Consumer<Ask> asks) {
        this.mesh = mesh;
        this.callers = callers;
        this.asks = asks;
    }

    void add() {
        mesh.authorizationPolicies().all().stream()
                .filter(policy -> policy.action() == Action.ALLOW && !policy.isDryRun())
                .filter(policy -> !policy.manifest().home().equals(mesh.config().rootNamespace()))
                .forEach(this::policy);
    }

    private void policy(AuthorizationPolicy policy) {
        Attachment.pods(policy.manifest(), mesh.pods(), mesh.config()).stream()
                .filter(pod -> pod.proxy().isOfApplication())
                .findFirst()
                .ifPresent(server -> policy.rules().forEach(rule -> rule(rule, server)));
    }

    private void rule(AuthorizationRule rule, Pod server) {
        for (Service service : mesh.services().selecting(server)) {
            Optional<ServicePort> port = service.ports().stream()
                    .filter(candidate -> candidate.protocol().mayBeHttp())
                    .filter(candidate -> candidate.on(server).isPresent())
                    .findFirst();
            if (port.isPresent()) {
                named(rule, server)
                        .flatMap(caller -> samples(rule)
                                .flatMap(sample -> asked(rule, caller, server, service, port.get(), sample).stream()))
                        .findFirst()
                        .ifPresent(asks);
                return;
            }
        }
    }

    private Optional<Ask> asked(
            AuthorizationRule rule, Pod caller, Pod server, Service service, ServicePort port, Sample sample) {
        Call call = Call.to(port.on(server).orElseThrow())
                .from(Attribute.known(mesh.config()
                        .principals(caller.namespace(), caller.serviceAccount())
                        .get(0)));
        return sample.sent("http://%s:%d%s".formatted(service.host(), port.number(), sample.target()))
                .map(request -> request.from(caller.toString()))
                .filter(request -> rule.fits(call.with(request.http())).isYes())
                .map(request -> new Ask(request, rule.source(), Ask.Sake.RULE));
    }

    private static Stream<Sample> samples(AuthorizationRule rule) {
        List<JsonNode> operations = Fields.items(rule.source().value().path("to"));
        return operations.isEmpty()
                ? Stream.of(Sample.PLAIN)
                : operations.stream().flatMap(to -> PolicySamples.samples(to.path("operation")).stream());
    }

    /** The pods whose identity or namespace the rule names; where it names none, those around the server. */
    private Stream<Pod> named(AuthorizationRule rule, Pod server) {
        List<JsonNode> sources = Fields.items(rule.source().value().path("from"));
        List<Pod> found = new ArrayList<>();
        for (JsonNode from : sources) {
            Fields.texts(from.at("/source/principals"))
                    .forEach(principal -> found.addAll(mesh.pods().withPrincipal(principal)));
            Fields.texts(from.at("/source/namespaces")).forEach(namespace -> found.addAll(callers.in(namespace)));
        }
        List<Pod> candidates = sources.isEmpty() ? callers.in(server.namespace()) : found;
        return candidates.stream().filter(pod -> pod != server && pod.proxy().isOfApplication());
    }
}
