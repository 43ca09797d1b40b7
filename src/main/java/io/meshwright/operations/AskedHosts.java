package io.meshwright.operations;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.plan.request.SuggestedRequests;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The hosts of a mesh, each with a request that reaches a service.
 *
 * @param lines of shell that ask each of them once, at the gateway's own address
 * @param traffic lines of shell that ask them again and again
 */
record AskedHosts(List<String> lines, List<String> traffic) {
    private static final String CURL =
            "curl -ksS -o /dev/null -w '%%{http_code} in %%{time_total} s\\n' --resolve %s:%d:\"$address\" %s";

    static AskedHosts of(Mesh mesh) {
        Map<String, Asked> asked = asked(mesh);
        if (asked.isEmpty()) {
            return new AskedHosts(List.of(), List.of());
        }
        List<String> lines = new ArrayList<>(addresses(mesh));
        asked.values().forEach(each -> lines.add("%s # %s".formatted(each.curl(), each.ends())));
        asked.values().stream()
                .filter(each -> each.request().isEncrypted())
                .forEach(each -> lines.add(
                        "openssl s_client -connect \"$address\":%d -servername %s </dev/null 2>/dev/null | openssl x509 -noout -subject -enddate"
                                .formatted(each.request().port(), each.request().host())));
        List<String> traffic = new ArrayList<>(List.of("while sleep 0.2; do"));
        asked.values().forEach(each -> traffic.add("  ".concat(each.curl())));
        traffic.add("done");
        return new AskedHosts(List.copyOf(lines), List.copyOf(traffic));
    }

    /** A request, and how it ends. */
    private record Asked(Request request, String ends) {
        String curl() {
            return CURL.formatted(request.host(), request.port(), quoted(request));
        }

        private static String quoted(Request request) {
            return "'%s'".formatted(request.toString().replaceFirst("^GET ", "").replace("'", "%27"));
        }
    }

    /** By host: the first plain request that is delivered. */
    private static Map<String, Asked> asked(Mesh mesh) {
        Trace trace = Trace.of(mesh);
        Map<String, Asked> asked = new TreeMap<>();
        SuggestedRequests.plain(mesh)
                .filter(request -> request.method().equals("GET"))
                .filter(request -> !asked.containsKey(request.host()))
                .forEach(request -> {
                    Verdict verdict = trace.follow(request).verdict();
                    if (verdict.isDelivered()) {
                        String from = request.clientIp()
                                .map(" for clients such as %s"::formatted)
                                .orElse("");
                        asked.put(
                                request.host(),
                                new Asked(request, verdict.summary().concat(from)));
                    }
                });
        return asked;
    }

    /** A line for each Service of a gateway that the manifests know. */
    private static List<String> addresses(Mesh mesh) {
        Set<String> lines = new LinkedHashSet<>();
        Set<Pod> doors = new HashSet<>();
        for (Gateway gateway : mesh.gateways().all()) {
            doors.addAll(mesh.gateways().pods(gateway));
        }
        for (Service service : mesh.services().all()) {
            if (service.isKubernetes() && mesh.services().pods(service).stream().anyMatch(doors::contains)) {
                lines.add(
                        "address=$(kubectl get service -n %s %s -o jsonpath='{.status.loadBalancer.ingress[0].ip}') # or a node's, or that of the balancer before it"
                                .formatted(service.namespace(), service.name()));
            }
        }
        if (lines.isEmpty()) {
            lines.add("address=... # that of the gateway, or of the balancer before it");
        }
        return List.copyOf(lines);
    }
}
