package io.meshwright.incident.mending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.incident.Incident;
import io.meshwright.incident.evidence.Field;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.Optional;

/** Changes of an ALLOW policy that lacks a caller, a method or a path. */
final class PolicyMendings {
    private static final String PREFLIGHT = "request.headers[access-control-request-method]";

    private final Proposals proposals;
    private final Request request;

    private PolicyMendings(Proposals proposals, Request request) {
        this.proposals = proposals;
        this.request = request;
    }

    static void propose(Proposals proposals, String denial) {
        Incident incident = proposals.incident();
        List<Incident.Way> ways = proposals.likely();
        List<String> callers =
                ways.stream().map(way -> way.request().from()).distinct().toList();
        if (denial.contains("-policy[")) {
            proposals.not(
                    "what the rule shall go on denying is not told; a rule that denies is narrowed by who wrote it");
        } else if (!incident.explained()) {
            proposals.not("by these manifests nothing refuses it, so that no change of them is known to admit it");
        } else if (callers.size() > 1) {
            proposals.not("the line does not tell who called, and it may have been any of %s"
                    .formatted(String.join(", ", callers)));
        } else {
            Incident.Way way = ways.get(0);
            PolicyMendings all = new PolicyMendings(proposals, way.request());
            way.path()
                    .deciding()
                    .distinct()
                    .filter(object -> object.kind().equals(Kind.AUTHORIZATION_POLICY))
                    .filter(policy -> policy.at("/spec/action").asText("ALLOW").equals("ALLOW"))
                    .forEach(all::admit);
        }
    }

    private void admit(Manifest policy) {
        Optional<String> principal = principal(policy);
        for (int index = 0; index < policy.at("/spec/rules").size(); index++) {
            extend(Source.of(policy).item("spec/rules", index), index, principal);
        }
        boolean preflight = isPreflight();
        String path = request.target().replaceFirst("[?#].*", "");
        proposals.add(Mending.of(
                preflight
                        ? "add a rule that admits preflights of %s".formatted(path)
                        : "add a rule that admits %s %s%s"
                                .formatted(
                                        request.method(),
                                        path,
                                        principal.map(" from "::concat).orElse("")),
                Source.of(policy).at("/spec"),
                spec -> {
                    ObjectNode rule = Mending.list(spec, "rules").addObject();
                    if (preflight) {
                        rule.putArray("when")
                                .addObject()
                                .put("key", PREFLIGHT)
                                .putArray("values")
                                .add("*");
                    } else {
                        principal.ifPresent(name -> rule.putArray("from")
                                .addObject()
                                .putObject("source")
                                .putArray("principals")
                                .add(name));
                    }
                    ObjectNode operation = rule.putArray("to").addObject().putObject("operation");
                    operation.putArray("methods").add(request.method());
                    operation.putArray("paths").add(path);
                }));
    }

    /** Adds what a rule lacks to the list that lacks it; a trace tells afterwards which of these was the one. */
    private void extend(Source rule, int index, Optional<String> principal) {
        if (isPreflight()) {
            return; // a method that is admitted for everybody else too is no rule for preflights
        }
        principal.ifPresent(name -> entry(rule, index, "from", "source", "principals", name));
        entry(rule, index, "to", "operation", "methods", request.method());
        entry(rule, index, "to", "operation", "paths", request.target().replaceFirst("[?#].*", ""));
    }

    private void entry(Source rule, int index, String list, String inside, String field, String value) {
        JsonNode entries = rule.value().path(list);
        for (int each = 0; each < entries.size(); each++) {
            Source place = rule.item(list, each).at("/".concat(inside));
            List<String> written = Fields.texts(place.value().path(field));
            if (!written.isEmpty() && !written.contains(value)) {
                proposals.add(Mending.of(
                        "add %s to %s of rule %d".formatted(value, field, index),
                        place,
                        body -> Mending.list(body, field).add(value)));
            }
        }
    }

    private boolean isPreflight() {
        return request.method().equals("OPTIONS")
                && proposals.evidence().text(Field.METHOD).equals("OPTIONS");
    }

    /** The identity that the policy's pods see; empty where they are a gateway's, to which nobody outside shows one. */
    private Optional<String> principal(Manifest policy) {
        List<Pod> gateways = proposals.mesh().pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .toList();
        if (!request.isFromInternet()) {
            return proposals.mesh().pods().all().stream()
                    .filter(pod -> pod.toString().equals(request.from()))
                    .findFirst()
                    .map(this::identity);
        }
        boolean atGateway = gateways.stream()
                .flatMap(pod -> proposals.mesh().authorizationPolicies().of(pod).stream())
                .map(AuthorizationPolicy::manifest)
                .anyMatch(policy::equals);
        return atGateway || gateways.size() != 1 ? Optional.empty() : Optional.of(identity(gateways.get(0)));
    }

    private String identity(Pod pod) {
        return "%s/ns/%s/sa/%s"
                .formatted(proposals.mesh().config().trustDomain(), pod.namespace(), pod.serviceAccount());
    }
}
