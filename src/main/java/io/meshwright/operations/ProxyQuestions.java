package io.meshwright.operations;

import java.util.List;

/** Questions to the proxy of a pod {@code $pod} in a namespace {@code $ns}. */
final class ProxyQuestions {
    /** Answered without a change of anything. */
    static final List<String> READING = List.of(
            "kubectl get pod -n \"$ns\" \"$pod\" -o jsonpath='{.spec.initContainers[*].name} {.spec.containers[*].name}{\"\\n\"}' # istio-proxy among them?",
            "istioctl experimental check-inject -n \"$ns\" \"$pod\"     # if not: which webhook, and why it does not fit",
            "istioctl experimental describe pod -n \"$ns\" \"$pod\"     # mutual TLS, routes and policies that act on it",
            "istioctl proxy-config listeners \"$pod.$ns\"             # on which ports it takes requests",
            "istioctl proxy-config routes \"$pod.$ns\"                # which route a request takes; -o json for all of it",
            "istioctl proxy-config clusters \"$pod.$ns\"              # whom it can call, and by which DestinationRule",
            "istioctl proxy-config endpoints \"$pod.$ns\"             # at which addresses, and whether they are healthy",
            "istioctl proxy-config secret \"$pod.$ns\"                # its certificates, and until when they are valid",
            "istioctl experimental authz check \"$pod.$ns\"           # the policies that it enforces",
            "kubectl logs -n \"$ns\" \"$pod\" -c istio-proxy --tail=100 # requests, with their flags",
            "kubectl exec -n \"$ns\" \"$pod\" -c istio-proxy -- pilot-agent request GET stats | grep -E 'pending_overflow|rq_timeout|rq_retry|ejections_active|rbac'",
            "istioctl proxy-config all \"$pod.$ns\" -o json > config_dump.json # everything, for somebody else");

    /** Each changes how much is written, until it is told otherwise or the pod ends. */
    static final List<String> CHANGING = List.of(
            "istioctl proxy-config log \"$pod.$ns\" --level rbac:debug,jwt:debug # why a policy refuses",
            "istioctl proxy-config log \"$pod.$ns\" --level router:debug,http:debug # why a request goes where it goes",
            "istioctl proxy-config log \"$pod.$ns\" --level warning            # as before");

    private ProxyQuestions() {}
}
