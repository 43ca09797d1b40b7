package io.meshwright.check;

import static io.meshwright.check.Severity.ERROR;
import static io.meshwright.check.Severity.INFO;
import static io.meshwright.check.Severity.WARNING;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.traffic.ManagementPath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue: everything that can be wrong, by a code that is never used for anything else again. The text is what
 * docs/checks.md says: what it is in a sentence, the codes of istioctl (IST) and Kiali (KIA) for the same, what happens
 * to traffic, and what to do.
 */
public enum Rule {
    UNREADABLE_FILE(
            101,
            ERROR,
            "A file cannot be read",
            "",
            "What it holds is neither checked nor, as it stands, applied.",
            "Save it as UTF-8 where the program may read it."),
    BROKEN_DOCUMENT(
            102,
            ERROR,
            "A document is not YAML",
            "",
            "The API server refuses it; other documents of the file are still checked.",
            "Mend the syntax at the place named."),
    DUPLICATE_KEY(
            103,
            WARNING,
            "A key is written twice in one mapping",
            "",
            "Only the last value counts; strict clients refuse the object.",
            "Keep one of the two."),
    INCOMPLETE_OBJECT(
            104,
            ERROR,
            "An object lacks apiVersion or kind",
            "",
            "The API server refuses it.",
            "Add the missing field."),
    FOREIGN_DOCUMENT(
            105,
            INFO,
            "A document is no Kubernetes object",
            "",
            "It is left out of the checks.",
            "Keep values files and the like in another folder."),
    OBJECT_WRITTEN_TWICE(
            106,
            WARNING,
            "Two documents describe one object",
            "",
            "Whichever is applied last overwrites the other.",
            "Keep one of the two."),
    OBJECT_INVALID(
            107,
            ERROR,
            "An object of Istio's breaks its schema or Istio's validation",
            "IST0106",
            "The API server refuses it, and what is applied with it may wait.",
            "Write the value that the schema of this release takes."),
    FIELD_UNKNOWN(
            108,
            ERROR,
            "A field does not exist in the schema of Istio's kind",
            "IST0106",
            "The API server drops it, or refuses the object: the setting does nothing.",
            "Look for a misspelling, a wrong level, or a field of another release."),
    WEBHOOK_WARNING(
            109,
            WARNING,
            "Istio's validation warns of a setting",
            "IST0133",
            "The API server takes the object and shows the warning to whoever applies it.",
            "Write the setting as Istio means it."),
    OBJECT_REFUSED(
            110,
            ERROR,
            "An object breaks the schema of its kind or what the API server asks beyond it",
            "",
            "The API server refuses it, and what is applied with it may wait.",
            "Write the value that the API server takes."),
    SUPPRESSION_WITHOUT_REASON(
            111,
            ERROR,
            "A suppression does not say what it suppresses and why",
            "",
            "It suppresses nothing.",
            "Write \"CODE: reason\", with a code of this catalogue and a reason that a reviewer can judge."),
    SUPPRESSION_UNUSED(
            112,
            WARNING,
            "A suppression suppresses nothing",
            "",
            "It would silently hide the next finding of that code.",
            "Remove it."),
    FIELD_DROPPED(
            113,
            ERROR,
            "A field does not exist in the schema of its kind",
            "",
            "The API server drops it, or refuses the object: the setting does nothing.",
            "Look for a misspelling, a wrong level, or a field of another version."),

    ROUTE_TO_UNKNOWN_GATEWAY(
            121,
            ERROR,
            "A route is bound to a Gateway or listener that does not exist",
            "IST0101 IST0132 KIA1102 KIA1401",
            "No gateway serves its hosts through that binding: clients get 404.",
            "Name a Gateway as namespace/name, or declare it in an Externals object."),
    ROUTE_TO_UNKNOWN_HOST(
            122,
            ERROR,
            "A route leads to a host that does not exist",
            "IST0101 KIA1101 KIA1402",
            "The proxy has no cluster for it and answers 503 with flag NC.",
            "Write the full name of a Service, add a ServiceEntry, or declare the host in an Externals object."),
    ROUTE_TO_UNKNOWN_PORT(
            123,
            ERROR,
            "A route leads to a port that the service does not have",
            "IST0101 KIA1101",
            "The proxy has no cluster for it and answers 503 with flag NC.",
            "Name one of the Service's own ports, not a target port."),
    ROUTE_TO_UNKNOWN_SUBSET(
            124,
            ERROR,
            "A route leads to a subset that the caller's DestinationRule does not define",
            "IST0101 KIA1107",
            "The proxy has no cluster for it and answers 503 with flag NC.",
            "Define the subset in the DestinationRule of that host, with labels of its pods."),
    ROUTE_WITHOUT_PORT(
            125,
            ERROR,
            "A route names no port, and the service may not have the one that is asked for",
            "IST0112",
            "The port of the gateway, or the one that a sidecar's application called, is asked for.",
            "Write destination.port.number."),
    HOST_NOT_SERVED(
            126,
            WARNING,
            "A gateway does not serve a host of a route that is bound to it",
            "IST0132",
            "The gateway answers 404 for the host.",
            "Add the host to a server of the Gateway, or take it out of the route."),
    ROUTE_NEVER_REACHED(
            127,
            WARNING,
            "A route stands behind one that takes all of its requests",
            "IST0130 IST0131",
            "The route is never used.",
            "Put the narrower route first; end a prefix with a slash where it means a folder."),
    MATCH_NEVER_REACHED(
            128,
            INFO,
            "A match repeats what an earlier one takes",
            "IST0131",
            "The match is never used.",
            "Remove it, or put it first."),
    HOST_CLAIMED_TWICE(
            129,
            ERROR,
            "Two VirtualServices claim one host for sidecars",
            "IST0109 KIA1106",
            "Sidecars use the older one and drop the other.",
            "Join the two, delegate from one, or keep their exportTo apart."),
    ROUTE_ORDER_UNDECIDED(
            130,
            WARNING,
            "Two VirtualServices of one gateway and host route the same requests",
            "KIA1106",
            "The age of the objects decides, so a re-created object changes the traffic.",
            "Join the two, or make their matches disjoint."),
    WEIGHT_WITHOUT_RIVAL(
            131,
            WARNING,
            "A single destination has a weight below 100",
            "KIA1104",
            "It takes every request all the same.",
            "Add the other destination, or drop the weight."),
    DESTINATION_TWICE(
            132,
            WARNING,
            "A route writes one destination twice",
            "KIA1105",
            "The destination takes the sum of the weights.",
            "Name different subsets, or keep one."),
    STREAM_INTERRUPTED(
            133,
            ERROR,
            "A route of a stream has a timeout or retries",
            "",
            "The stream is cut off at that age with 504, or begun again from its start: chats and events answer 502 or"
                    + " 504.",
            "Give the stream a route of its own without a timeout and with retries.attempts 0."),
    TRIES_EXCEED_TIMEOUT(
            134,
            WARNING,
            "A single try may take as long as the whole request",
            "",
            "The request is never tried again.",
            "Make perTryTimeout shorter than the timeout divided by the attempts."),
    WRITE_RETRIED(
            135,
            WARNING,
            "Requests that write are tried again after an answer",
            "",
            "An order may be placed, or paid, twice.",
            "Set retries.attempts to 0 for methods that write, or retry on connect-failure,refused-stream only."),
    CLAIM_ROUTE_WITHOUT_TOKENS(
            136,
            ERROR,
            "A route asks for claims where no token is verified",
            "IST0149",
            "The match fits no request.",
            "Add a RequestAuthentication for the gateway's pods."),
    CORS_UNREACHABLE(
            137,
            ERROR,
            "A preflight cannot reach the CORS policy of a route",
            "",
            "Browsers of other origins get no permission and send nothing.",
            "Match by path alone where the policy stands, or repeat the policy in every route of the path."),
    CORS_CREDENTIALS_FOR_ALL(
            138,
            WARNING,
            "A CORS policy admits every origin with credentials",
            "",
            "Every site can act in the name of its visitors.",
            "List the origins in allowOrigins."),
    ROUTE_WITHOUT_HOSTS(
            139,
            ERROR,
            "A VirtualService has no hosts and nobody delegates to it",
            "",
            "It routes nothing.",
            "Add hosts, or name it as delegate in the VirtualService that has them."),
    DELEGATE_MISSING(
            140,
            ERROR,
            "A route delegates to nobody",
            "",
            "The route vanishes and its requests get 404.",
            "Name a VirtualService without hosts that is exported to this namespace."),

    ROUTE_TO_GENERATED_GATEWAY(
            141,
            WARNING,
            "A VirtualService is bound to a Gateway that istiod makes",
            "IST0165",
            "A release that makes it otherwise leaves the route without a gateway.",
            "Bind an HTTPRoute to the Gateway of the Gateway API, or write a Gateway of your own."),
    SPLIT_PASSED_BY(
            142,
            WARNING,
            "A gateway passes by the subsets among which sidecars split a host",
            "IST0140",
            "Clients outside meet every version in proportion to its pods.",
            "Write the subsets and weights into the gateway's route too, or bind one VirtualService to both."),
    EXPORT_TO_UNKNOWN(
            143,
            WARNING,
            "An object is exported to a namespace that does not exist",
            "KIA0005",
            "Nobody sees it there.",
            "Name a namespace that exists, or write \".\" for its own."),
    CORS_ON_SOME_ROUTES(
            144,
            WARNING,
            "A route lacks the CORS policy of the one that answers its preflights",
            "",
            "The browser sends the request and keeps the answer from the page.",
            "Repeat the corsPolicy in every route of the path, also in those for a header or a method."),
    ROUTE_HIDDEN_FROM_GATEWAY(
            145,
            ERROR,
            "A route is not exported to the namespace of its gateway's pods",
            "",
            "The gateway answers 404.",
            "Add the namespace of the gateway's pods to exportTo."),
    SPLIT_NOT_STICKY(
            146,
            WARNING,
            "A split by weight undoes the stickiness of its DestinationRule",
            "",
            "A client meets one version now and the other with its next request.",
            "Let a header or cookie choose the subset in a route of its own, and keep weights for those who have"
                    + " none."),

    GATEWAY_SELECTS_NO_POD(
            151,
            ERROR,
            "A Gateway selects no pod",
            "IST0101 KIA0302",
            "No port is opened and connections are refused.",
            "Use the labels of the gateway's pods; the namespace does not matter."),
    GATEWAYS_CONFLICT(
            152,
            ERROR,
            "Two servers of the same gateway pods do not go together",
            "IST0145 KIA0301",
            "The server of the younger object is left out, with every host that it serves.",
            "Serve each port and host by one server."),
    CERTIFICATE_SHARED(
            153,
            WARNING,
            "Two Gateways of the same pods use one certificate",
            "IST0138",
            "Browsers reuse an HTTP/2 connection for hosts of the other Gateway and get 404.",
            "Serve all hosts of a certificate by one Gateway."),
    GATEWAY_PORT_WITHOUT_SERVICE(
            154,
            WARNING,
            "A Gateway opens a port that no Service leads to",
            "IST0162",
            "Nobody outside reaches the server.",
            "Add the port to the gateway's Service, or use one of its ports."),
    CERTIFICATE_MISSING(
            155,
            ERROR,
            "The Secret of a certificate is not where the gateway looks",
            "IST0101 IST0161",
            "The server ends every TLS handshake.",
            "Put the Secret into the namespace of the gateway's pods, or declare it in an Externals object."),
    EDGE_WITHOUT_HTTPS(
            156,
            WARNING,
            "A public host is served in plain text only",
            "",
            "Everything between the client, or its edge proxy, and the gateway can be read and changed.",
            "Add a server on port 443 with tls mode SIMPLE and a credentialName, and redirect port 80 to it."),
    TWO_INGRESS_LAYERS(
            157,
            ERROR,
            "Another ingress controller stands in front of the Istio gateway",
            "",
            "Each request takes a hop more, with timeouts, body limits and forwarded headers of its own.",
            "Point the load balancer at the gateway's Service and remove the Ingress."),
    CLIENT_CA_MISSING(
            158,
            ERROR,
            "Clients must show a certificate, but the gateway has no CA to verify it with",
            "",
            "The server ends every TLS handshake.",
            "Put the CA as ca.crt into the Secret named like the certificate's with -cacert behind it, or use mode"
                    + " SIMPLE."),
    CERTIFICATE_UNUSABLE(
            159,
            ERROR,
            "The Secret of a certificate is none that a gateway can use",
            "IST0161",
            "The server ends every TLS handshake.",
            "Put a certificate and its key in PEM under tls.crt and tls.key; better, let cert-manager write the"
                    + " Secret."),
    GATEWAY_PORT_PRIVILEGED(
            160,
            ERROR,
            "A gateway listens on a port that its pods may not open",
            "",
            "Connections to the port are refused.",
            "Lead the Service's port to one above 1023, or set sysctl net.ipv4.ip_unprivileged_port_start in the pod."),
    CERTIFICATE_EXPIRED(
            161,
            ERROR,
            "The last day of a certificate is over",
            "IST0161",
            "Clients refuse the connection. Found with --today only, and only of Secrets that lie open.",
            "Renew it; better, let cert-manager write the Secret."),

    RULE_FOR_UNKNOWN_HOST(
            171,
            WARNING,
            "A DestinationRule is written for a host that does not exist",
            "IST0174 KIA0202",
            "The rule acts on no call.",
            "Write the full name of a Service or the host of a ServiceEntry."),
    SUBSET_SELECTS_NO_POD(
            172,
            ERROR,
            "The labels of a subset are on no pod of the service",
            "IST0173 KIA0203",
            "Requests that are sent to the subset get 503 with flag UH.",
            "Use labels of the pod template, beside those of the Service's selector."),
    SUBSET_WITHOUT_LABELS(
            173,
            WARNING,
            "A subset says nothing",
            "KIA0209",
            "It is the same as the whole service.",
            "Give it labels of its pods, or remove it."),
    RULE_HIDES_ANOTHER(
            174,
            WARNING,
            "A DestinationRule hides the one of the service's owner",
            "KIA0204",
            "Callers of that namespace lose the other rule's subsets, TLS mode and limits.",
            "Repeat what they need in the hiding rule, narrow its host, or remove it."),
    RULE_WRITTEN_TWICE(
            175,
            WARNING,
            "Two DestinationRules of a namespace say the same of one host",
            "KIA0201",
            "Of each policy and subset only the older object's counts.",
            "Join the two."),
    EJECTION_NEVER_HAPPENS(
            176,
            WARNING,
            "Outlier detection can never eject a pod",
            "",
            "The circuit breaker never opens: a broken pod keeps its share of the traffic.",
            "Raise maxEjectionPercent to 100 divided by the replicas, or run more of them."),
    EJECTION_EMPTIES_SERVICE(
            177,
            ERROR,
            "Outlier detection may eject every pod",
            "",
            "An error of the application itself takes the whole service away.",
            "Set maxEjectionPercent to 50 or less, or minHealthPercent, and count consecutiveGatewayErrors only."),
    LOCALITY_WITHOUT_DETECTION(
            178,
            WARNING,
            "Locality failover is set without outlier detection",
            "",
            "Traffic never fails over to another zone.",
            "Add outlierDetection to the same policy."),
    PORT_SETTINGS_RESET(
            179,
            WARNING,
            "Settings for a port undo those of the whole rule",
            "",
            "On that port TLS, limits or outlier detection are back to their defaults.",
            "Repeat them in the settings for the port."),
    SERVER_NOT_VERIFIED(
            180,
            WARNING,
            "The certificate of a server is not verified",
            "IST0128 IST0129",
            "Anybody on the way can answer in the server's name.",
            "Remove insecureSkipVerify and name the authority in caCertificates or credentialName."),
    SERVER_VERIFIED_BY_SYSTEM(
            181,
            INFO,
            "The certificate of a server is verified by public authorities",
            "IST0128 IST0129",
            "A server with a certificate of a private authority is refused.",
            "Name the authority in caCertificates where it is a private one."),
    CREDENTIAL_FOR_GATEWAYS_ONLY(
            182,
            INFO,
            "Sidecars do not read the Secret that a DestinationRule names",
            "IST0128 IST0129",
            "Gateways originate TLS with it; a sidecar that heeds the rule sends plain text.",
            "Add a workloadSelector, or name files in caCertificates for sidecars."),

    TLS_DISAGREES(
            191,
            ERROR,
            "What callers speak is not what the service takes",
            "KIA0205 KIA0206 KIA0207 KIA0208 KIA0401 KIA0501 KIA0505 KIA0506",
            "Every call fails with 503.",
            "Remove tls from the DestinationRule, so that Istio finds the mode, or make it agree with the"
                    + " PeerAuthentication."),
    PLAINTEXT_CALLER_OF_STRICT(
            192,
            ERROR,
            "A pod without a proxy calls a service that takes mutual TLS only",
            "",
            "The connection is reset.",
            "Inject the caller, or make the port PERMISSIVE by portLevelMtls with a reason."),
    PEER_AUTHENTICATION_IGNORED(
            193,
            ERROR,
            "A PeerAuthentication with a selector stands in the root namespace",
            "",
            "It is ignored.",
            "Move it to the namespace of its pods."),
    PORT_OF_SERVICE_IN_MTLS(
            194,
            ERROR,
            "A PeerAuthentication names the Service's port",
            "",
            "The mode acts on no port that is used.",
            "Name the port on which the container listens."),
    TWO_FOR_NAMESPACE(
            195,
            ERROR,
            "Two objects of one kind are for the whole namespace",
            "IST0111 IST0160 KIA0002",
            "The older of the two counts, so a re-created object changes the behaviour.",
            "Keep one of them."),
    TWO_FOR_WORKLOAD(
            196,
            ERROR,
            "Two objects of one kind select the same pods",
            "IST0110 IST0159 KIA0003",
            "The older of the two counts, so a re-created object changes the behaviour.",
            "Make their selectors disjoint, or join them."),
    POLICY_SELECTS_NO_POD(
            197,
            WARNING,
            "The selector of a policy selects no pod",
            "IST0127 IST0101 KIA0004",
            "The object acts on nothing.",
            "Use the labels of the pod template, in the pods' namespace."),
    SELECTOR_OF_GATEWAY_PODS(
            198,
            WARNING,
            "A policy selects the pods of a Gateway of the Gateway API",
            "IST0166 KIA0110",
            "A waypoint ignores it, and other gateways only heed it as long as a feature flag says so.",
            "Name the Gateway in targetRefs."),
    SIDECAR_FOR_AMBIENT(
            199,
            WARNING,
            "A Sidecar is for pods that have none",
            "IST0167",
            "It acts on nothing: in ambient mode ztunnel carries the traffic.",
            "Remove it, or inject the pods."),
    EXCEPTION_EXPIRED(
            200,
            ERROR,
            "The last day of an exception is over",
            "",
            "Traffic flows as before, less protected than the mesh, and nobody answers for it any more. Found with"
                    + " --today only.",
            "Remove the exception, or let its owner say until when it is needed still."),

    PRINCIPAL_FITS_NOBODY(
            211,
            ERROR,
            "A principal is no identity",
            "",
            "The rule fits nobody: an ALLOW policy denies everything, a DENY policy nothing.",
            "Write TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT, such as cluster.local/ns/shop/sa/web."),
    PRINCIPAL_UNKNOWN(
            212,
            WARNING,
            "A principal names a service account that no pod uses",
            "KIA0106",
            "The rule fits nobody.",
            "Name the service account of the caller's pod template."),
    SOURCE_NAMESPACE_UNKNOWN(
            213,
            WARNING,
            "A rule names a namespace that does not exist",
            "IST0101 KIA0101",
            "The rule fits nobody.",
            "Name the namespace of the caller's pods."),
    METHOD_UNKNOWN(
            214,
            ERROR,
            "A rule names a method that no request has",
            "KIA0102",
            "The rule fits no request.",
            "Write the method in capital letters."),
    PATH_FITS_NOTHING(
            215,
            ERROR,
            "A rule names a path that no request has",
            "",
            "The rule fits no request.",
            "Write a whole path, or one with an asterisk at one end; templates with {*} need Istio 1.22."),
    PORT_OF_SERVICE_IN_POLICY(
            216,
            ERROR,
            "A rule names the Service's port",
            "",
            "The rule fits no call.",
            "Name the port on which the pod listens; at a gateway that is the one behind its Service's port."),
    HTTP_RULE_ON_TCP(
            217,
            ERROR,
            "A rule asks for HTTP on a port that is none",
            "",
            "A DENY rule denies every connection there, an ALLOW rule allows none.",
            "Restrict the rule to its HTTP ports by operation.ports."),
    NAME_CONTRADICTS_RULES(
            218,
            ERROR,
            "The name of a policy contradicts its rules",
            "",
            "Reviewers trust a protection that is not there.",
            "Rename the policy for what it does, or give it the rules of its name."),
    GATEWAY_NOT_ALLOWED(
            219,
            ERROR,
            "A gateway routes to a workload that does not admit it",
            "KIA0105",
            "Clients get 403: RBAC: access denied.",
            "Allow the principal of the gateway's service account; mutual TLS must be on for it to be known."),
    NETWORK_POLICY_BLOCKS_ROUTE(
            220,
            ERROR,
            "A NetworkPolicy blocks the way of a route",
            "",
            "Clients wait ten seconds and get 503 with flag UF.",
            "Admit the gateway's pods and namespace on the port of the pod, not the Service's."),
    PREFLIGHT_REFUSED(
            221,
            ERROR,
            "Authorization refuses CORS preflights",
            "",
            "Browsers send nothing after a refused preflight: the application is dead to them, though curl works.",
            "Allow method OPTIONS when request.headers[access-control-request-method] is [\"*\"]; add notMethods"
                    + " [OPTIONS] to DENY."),
    TOKEN_NEVER_READ(
            222,
            ERROR,
            "A policy asks for a token where none is verified",
            "",
            "No request ever has a request principal there.",
            "Add a RequestAuthentication for the same pods."),
    TOKEN_NOT_REQUIRED(
            223,
            WARNING,
            "Tokens are verified but not required",
            "",
            "A request without any token passes.",
            "Add an AuthorizationPolicy that denies notRequestPrincipals [\"*\"], except preflights."),
    TOKEN_TAKEN_OUT(
            224,
            ERROR,
            "A gateway takes out a token that the workload needs",
            "",
            "The workload answers 403.",
            "Set forwardOriginalToken: true in the gateway's RequestAuthentication."),
    PRINCIPAL_OVER_PLAINTEXT(
            225,
            ERROR,
            "A rule asks who the caller is where callers prove nothing",
            "KIA0105",
            "The rule fits nobody: an ALLOW policy denies, a DENY policy lets through.",
            "Turn mutual TLS on for the pods and inject the caller, or admit it by address."),
    HOST_OF_RULE_UNKNOWN(
            226,
            WARNING,
            "A rule names a host of the cluster that does not exist",
            "KIA0104",
            "The rule fits no request.",
            "Write the full name of a Service."),
    WORKLOAD_WITHOUT_POLICY(
            227,
            INFO,
            "No AuthorizationPolicy acts on a workload beside protected ones",
            "KIA1301",
            "Everybody in the cluster may call it.",
            "Add a policy for it, or one without a selector for the namespace."),
    FIREWALL_STOPS_MESH(
            228,
            ERROR,
            "NetworkPolicies cut a pod off from what every pod of a mesh needs",
            "",
            "Names are not found, proxies never become ready, or metrics are missing.",
            "Let out to kube-dns on port 53 (UDP and TCP) and to istiod on port 15012, and let Prometheus in."),
    HOST_FITS_NOTHING(
            229,
            ERROR,
            "A rule names a host that no request has",
            "",
            "The rule fits no request.",
            "Write a host without scheme and path, with an asterisk at one end at most."),
    CALLER_NOT_ALLOWED(
            230,
            WARNING,
            "A pod calls a workload that does not admit it",
            "",
            "The call gets 403: RBAC: access denied; a connection that is no HTTP is closed.",
            "Allow the principal of the caller's service account, or take the address out of its settings."),
    CALLER_BLOCKED(
            231,
            WARNING,
            "A NetworkPolicy blocks a caller that others let through",
            "",
            "Connections time out, and the caller's proxy answers 503 with flag UF.",
            "Admit the caller's pods on the port of the pod, in its policy and in theirs; or take it out everywhere."),
    TARGET_UNKNOWN(
            232,
            WARNING,
            "A policy is attached to an object that does not exist",
            "",
            "The policy acts on nothing.",
            "Name an object of the policy's own namespace in targetRefs."),

    SIDECAR_SELECTS_IN_ROOT(
            241,
            WARNING,
            "A Sidecar of the root namespace selects workloads",
            "KIA1006",
            "It is no default for the mesh.",
            "Remove the selector, or move it to the namespace of its pods."),
    OUTBOUND_WITHOUT_MODE(
            242,
            ERROR,
            "A Sidecar's outboundTrafficPolicy has no mode",
            "KIA1007",
            "It means REGISTRY_ONLY: calls to hosts that nobody declares get 502.",
            "Write the mode."),
    SIDECAR_IMPORTS_UNKNOWN(
            243,
            WARNING,
            "A Sidecar imports a host that does not exist",
            "KIA1004",
            "Nothing is imported by the entry.",
            "Write NAMESPACE/FULL-NAME, or ./* for the namespace's own."),
    EGRESS_UNDECLARED(
            244,
            ERROR,
            "A pod calls a host outside that its proxy does not know",
            "",
            "Under REGISTRY_ONLY HTTP calls get 502 and all others a reset.",
            "Add a ServiceEntry for the host, and import it where a Sidecar restricts what is known."),
    ENTRY_SPOKEN_OTHERWISE(
            245,
            ERROR,
            "A pod speaks otherwise to a host outside than its ServiceEntry says",
            "",
            "The proxy cannot read what the application sends, and the call fails.",
            "Write protocol HTTPS or TLS for an https address; or call it by http and let a DestinationRule begin"
                    + " TLS."),
    ENTRY_WRITTEN_TWICE(
            251,
            WARNING,
            "Two ServiceEntries have one host and port",
            "KIA1211",
            "Their endpoints are mixed.",
            "Keep one of them."),
    ENTRY_PROTOCOLS_DIFFER(
            252,
            WARNING,
            "Two ServiceEntries give one host and port different protocols",
            "IST0177 KIA1212",
            "The older object decides how the bytes are read.",
            "Keep one of them."),
    ENTRY_WITHOUT_ADDRESS(
            253,
            WARNING,
            "A TCP ServiceEntry has no address",
            "IST0134",
            "Every call to the port, wherever it goes, is taken for it.",
            "Add addresses, or use protocol TLS and SNI; from Istio 1.25 addresses are allocated."),

    PORT_PROTOCOL_GUESSED(
            261,
            WARNING,
            "The protocol of a port is guessed",
            "IST0118 KIA0601",
            "Routes, metrics and policies work only once the client has sent bytes that look like HTTP.",
            "Set appProtocol, or begin the port's name with http-, grpc- or tcp-."),
    APP_PROTOCOL_UNKNOWN(
            262,
            WARNING,
            "A port has an appProtocol that Istio does not know",
            "KIA0602",
            "The protocol is guessed, whatever the port's name says.",
            "Write http, http2, https, tls, tcp, grpc, mongo, mysql or redis."),
    SERVER_FIRST_GUESSED(
            263,
            ERROR,
            "A server speaks first on a port whose protocol is guessed",
            "IST0118",
            "Proxy and client wait for each other and connections hang.",
            "Set appProtocol: tcp, or begin the port's name with tcp-."),
    TARGET_PORT_NOT_OPEN(
            264,
            WARNING,
            "A Service leads to a port that its pods do not declare",
            "KIA0701",
            "Connections are refused, unless the container listens there without saying so.",
            "Write the container's port or its name as targetPort."),
    EXTERNAL_NAME_AS_TCP(
            265,
            WARNING,
            "A port of an ExternalName Service is taken for TCP",
            "IST0150",
            "Its listener catches other calls to the port.",
            "Name the port for its protocol, such as https, or use a ServiceEntry."),
    SERVICES_DIFFER_ON_PORT(
            266,
            WARNING,
            "Two Services of one workload give a port different protocols",
            "IST0116",
            "Whichever Service comes first decides how the bytes are read.",
            "Give the port one protocol in both, or the Services different ports."),
    APPLICATION_AS_PROXY(
            267,
            ERROR,
            "A container runs as the sidecar's user",
            "IST0144",
            "Its traffic passes by the proxy: no mutual TLS, no routes, no policies.",
            "Run it as another user than 1337."),
    IMAGE_AUTO_NOT_INJECTED(
            268,
            ERROR,
            "A pod waits for an injection that will not come",
            "IST0146 IST0147",
            "The image \"auto\" does not exist and the pod never starts.",
            "Label the pod or its namespace for injection."),
    INJECTION_LABELS_CONFLICT(
            269,
            WARNING,
            "A namespace has several labels of injection",
            "IST0123",
            "Only one of them is heeded.",
            "Keep one of them."),
    SERVICES_DIFFER_ON_TARGET(
            270,
            WARNING,
            "Two Services lead different ports to one port of a pod in different ways",
            "IST0137",
            "The pod has one listener for the port, and one of the two protocols is misread.",
            "Give both the same protocol, or let the pods listen on two ports."),
    PROXY_MEMORY_EXCESSIVE(
            271,
            ERROR,
            "A sidecar may take more memory than a mesh needs",
            "",
            "A few dozen such pods fill a node.",
            "Set sidecar.istio.io/proxyMemoryLimit to 1Gi, and restrict what sidecars know by a Sidecar object."),
    VOLUME_NOT_REMOUNTED(
            272,
            ERROR,
            "A rolling update needs a volume twice that can be mounted once",
            "",
            "The update hangs, or the data are lost when somebody deletes the volume to end it.",
            "Set strategy.type: Recreate, or use a StatefulSet."),
    STATE_WITHOUT_VOLUME(
            273,
            ERROR,
            "A tool keeps its data in the container",
            "",
            "Dashboards, metrics, traces or rows are lost with the pod.",
            "Mount a PersistentVolumeClaim where it keeps them."),
    KIALI_WITHOUT_RIGHTS(
            274,
            ERROR,
            "Kiali's service account or its rights are not part of the manifests",
            "",
            "After a restart Kiali may read nothing.",
            "Write the ServiceAccount, a ClusterRole and a ClusterRoleBinding beside it."),
    SUB_PATH_DISAGREES(
            275,
            ERROR,
            "A tool believes to be at another path than its route",
            "",
            "Its links and redirects lead to 404.",
            "Tell the tool the prefix (GF_SERVER_ROOT_URL, --web.external-url, QUERY_BASE_PATH) and do not rewrite"
                    + " it."),
    SCRAPE_REFUSED(
            276,
            ERROR,
            "Metrics are read through a port that takes mutual TLS only",
            "",
            "The application's metrics are missing.",
            "Set enablePrometheusMerge, exempt the port by portLevelMtls, or scrape with the mesh's certificates."),
    TWO_AUTOSCALERS(
            277,
            ERROR,
            "Two autoscalers change the number of one workload's pods",
            "",
            "Each undoes what the other has done, and the number of pods never rests.",
            "Keep the HorizontalPodAutoscaler or the ScaledObject, which makes one of its own."),
    HOST_NETWORK_NOT_INJECTED(
            278,
            WARNING,
            "A pod on the host's network waits for a sidecar",
            "",
            "It gets none: its traffic is plain text and no policy acts on it.",
            "Leave the host's network, or say sidecar.istio.io/inject: \"false\" so that everybody knows."),
    NAMESPACE_NOT_INJECTED(
            279,
            WARNING,
            "A namespace has policies for proxies, and pods without",
            "IST0102",
            "The policies act on nothing.",
            "Label the namespace istio-injection: enabled, or disabled if that is meant."),
    SERVER_FIRST_PERMISSIVE(
            280,
            WARNING,
            "A caller without a proxy waits for a server that speaks first",
            "",
            "The server's proxy waits for the client to tell TLS from plain text: connections begin late or hang.",
            "Inject the caller, or set the port to DISABLE by portLevelMtls."),
    SETTING_IGNORED(
            281, ERROR, "A setting is no longer read", "IST0002", "It does nothing.", "Write what took its place."),
    SETTING_DEPRECATED(
            282,
            WARNING,
            "A setting is deprecated",
            "IST0002",
            "It works until a later release removes it.",
            "Write what took its place."),
    ANNOTATION_MISPLACED(
            283,
            WARNING,
            "An annotation stands on a kind of object from which Istio does not read it",
            "IST0107",
            "It does nothing.",
            "Move it: what is for pods belongs into the pod template."),
    ANNOTATION_UNKNOWN(
            284,
            WARNING,
            "An annotation is in Istio's domain but unknown to it",
            "IST0108",
            "It does nothing.",
            "Look for a misspelling; labels are no annotations."),
    ANNOTATION_INVALID(
            285,
            ERROR,
            "The value of an annotation is not what Istio can read",
            "IST0125",
            "The injector refuses the pod, or ignores the setting.",
            "Write a value of the form that is named."),
    ANNOTATION_DEPRECATED(
            286,
            INFO,
            "An annotation is deprecated",
            "IST0135",
            "It works until a later release removes it.",
            "Write what took its place."),
    SERVICE_SELECTS_NO_POD(
            287,
            INFO,
            "A Service selects no pod, though pods of its namespace are known",
            "",
            "Callers get 503 with flag UH, unless an operator makes the pods.",
            "Write labels that the pod template carries."),
    ANNOTATION_ALPHA(
            288,
            INFO,
            "An annotation is in its first stage",
            "IST0136",
            "It works, and a release may change or drop it.",
            "Look it up in the notes before each upgrade."),
    POD_WITHOUT_PROXY(
            289,
            WARNING,
            "A pod of an injected namespace has no proxy",
            "IST0103",
            "Its traffic is plain text and no policy acts on it.",
            "Delete the pod, so that the webhook sees the new one; see whether istiod was up when it was made."),
    NAMESPACE_INJECTED_BY_DEFAULT(
            290,
            INFO,
            "A namespace is injected only because the mesh injects by default",
            "IST0148",
            "Its pods come without proxies as soon as that setting is gone.",
            "Label the namespace istio-injection: enabled, or disabled if that is meant."),

    PATCH_ORDER_UNDECIDED(
            291,
            INFO,
            "A patch of an EnvoyFilter means a place among others and has no priority",
            "IST0151",
            "The age of the objects orders the patches, so a re-created object changes what proxies do.",
            "Set priority, or use an operation that needs no neighbour, such as INSERT_FIRST or MERGE."),
    PATCH_REPLACES_NOTHING(
            292,
            ERROR,
            "An EnvoyFilter replaces what can only be merged",
            "IST0152",
            "Istio ignores the patch.",
            "Use MERGE, or apply the patch to HTTP_FILTER or NETWORK_FILTER."),
    PATCH_ADDS_NOTHING(
            293,
            ERROR,
            "An EnvoyFilter adds what cannot be added",
            "IST0153",
            "Istio ignores the patch.",
            "Use INSERT_FIRST, INSERT_BEFORE or MERGE, or a VirtualService."),
    PATCH_REMOVES_NOTHING(
            294,
            ERROR,
            "An EnvoyFilter removes what cannot be removed",
            "IST0154",
            "Istio ignores the patch.",
            "Change what makes the route, such as its VirtualService."),
    PATCH_BOUND_TO_VERSION(
            295,
            WARNING,
            "A patch of an EnvoyFilter counts on one that is bound to a proxy version",
            "IST0155",
            "After an upgrade the filter is not there and the patch does nothing.",
            "Set priority, and bind both patches to the same versions, or neither."),
    TELEMETRY_WITHOUT_PROVIDER(
            296,
            WARNING,
            "A Telemetry names no provider for access logs",
            "IST0157",
            "Nothing is logged by it.",
            "Write providers, such as [{name: envoy}], or defaultProviders in the mesh config."),
    PROVIDER_UNKNOWN(
            298,
            ERROR,
            "An object names a provider that the mesh does not have",
            "",
            "A policy of action CUSTOM denies whatever it fits; a Telemetry sends nothing.",
            "Add it to extensionProviders of the mesh config, or name one that is there."),
    CONDITION_UNMET(
            299,
            WARNING,
            "An object's status tells that it was not taken",
            "IST0171",
            "What it says does not act on traffic, or not all of it.",
            "Mend what the condition's message names."),

    WEBHOOKS_OVERLAP(
            301,
            ERROR,
            "Two webhooks of Istio answer for the same pods",
            "IST0139",
            "A proxy may be put into a pod twice, or by the wrong revision.",
            "Remove the configuration of the revision that is gone, or give each its own labels."),
    WEBHOOK_LEADS_NOWHERE(
            302,
            ERROR,
            "A webhook of Istio names no control plane that exists",
            "IST0139 IST0163",
            "Pods come without proxies, or do not come at all where failurePolicy is Fail.",
            "Name the Service of istiod, or the URL of the external control plane."),
    CONTROL_PLANE_BY_ADDRESS(
            303,
            INFO,
            "An external control plane is named by its address",
            "IST0164",
            "The API server refuses its certificate unless that names the address too, and a move cuts every cluster"
                    + " off.",
            "Give the control plane a host name with a certificate for it."),
    NETWORK_OF_UNKNOWN_CLUSTER(
            304,
            ERROR,
            "A network is made of a cluster that istiod does not know",
            "IST0126",
            "Endpoints of that cluster belong to no network, so other networks reach them directly or not at all.",
            "Name a cluster for which a Secret with label istio/multiCluster exists, or Kubernetes for its own."),
    PROXY_IMAGES_DIFFER(
            305,
            WARNING,
            "Pods have another proxy than their injector puts into new ones",
            "IST0158",
            "They speak an older release's configuration, and miss its repairs.",
            "Restart the workloads of the namespace."),
    KEYS_FROM_ANYWHERE(
            306,
            INFO,
            "istiod fetches keys of tokens from every address",
            "IST0175",
            "Whoever may write a RequestAuthentication lets istiod ask any address of the cluster's network.",
            "Set BLOCKED_CIDRS_IN_JWKS_URIS in istiod's environment to ranges where no issuer of keys is."),
    DEFINITION_TOO_OLD(
            307,
            WARNING,
            "A definition of the Gateway API is older than what istiod reads",
            "IST0176",
            "istiod passes over every object of the kind: its routes do not exist.",
            "Install the Gateway API's release that is named, or a newer one."),
    APPLICATION_AWAITS_ITSELF(
            308,
            WARNING,
            "An Application lies in the folder that it applies and waits for its own health",
            "",
            "Its sync goes on as long as any of its children is not healthy; newer commits are held back meanwhile,"
                    + " and a degraded child fails it.",
            "Let the health script tell the Application apart, such as by an annotation, or move it out of its own"
                    + " folder."),
    CHANGE_SWALLOWED(
            309,
            WARNING,
            "An Application ignores a difference in a way that keeps other changes from the cluster",
            "",
            "What Git changes in that list never arrives, and the sync says that it succeeded.",
            "Remove RespectIgnoreDifferences=true and set ApplyOutOfSyncOnly=true; ignore single fields and no"
                    + " managers."),
    APPLICATION_NEVER_SYNCED(
            310,
            WARNING,
            "An Application says what Argo CD strips from it, and never equals its file",
            "",
            "The Application that applies it is OutOfSync for ever and, with selfHeal, syncs again and again.",
            "Leave the option out; it is the default."),
    DEFAULT_MISSING_IN_LIST(
            311,
            WARNING,
            "A list in a custom resource leaves out what its definition defaults",
            "",
            "Argo CD compares such a list as a whole: its Application stays OutOfSync for ever, and heals without end.",
            "Write the default into the item."),
    RELEASE_WITH_PUBLISHED_FAULT(
            312,
            WARNING,
            "A release of Istio has security faults that are published",
            "",
            "Whoever reads the bulletin knows how to stop its proxies or to get past its policies.",
            "Take a release without the fault, or suppress the finding with owner, reason and expiry."),
    SIDECAR_BREAKS_POD_SECURITY(
            313,
            ERROR,
            "An injected sidecar breaks the Pod Security level of its namespace",
            "",
            "Pods that run already stay; every new one is refused, at the latest after the next restart of a node.",
            "Set seccompProfile.type RuntimeDefault in the securityContext of the pod, let istio-cni take the place of "
                    + "istio-init, or keep the pod out of the mesh."),
    VOLUME_OVER_NETWORK(
            314,
            ERROR,
            "A program that counts on a disk keeps its data on a network file system",
            "",
            "Its files are locked and written otherwise than it believes: it stops, or finds them broken after a"
                    + " restart.",
            "Give the claim a class of disks. A claim's class cannot change: make a new one, copy the data, or keep it"
                    + " with a reason in meshwright.io/ignore."),
    MANAGEMENT_PATH_OPEN(
            315,
            WARNING,
            "Management endpoints of an application are open to the internet",
            "",
            "Whoever asks reads variables, metrics or the heap of the application, and may change its loggers.",
            "Answer them 403 on the first route of the host by the regex %s, or give them a port of their own."
                    .formatted(ManagementPath.regex())),
    MESH_LOCALITY_WITHOUT_DETECTION(
            316,
            WARNING,
            "The mesh fails over between zones without outlier detection",
            "",
            "Requests go to the pods of all zones alike, and to no other zone when the pods of one fail.",
            "Add outlierDetection to the DestinationRules, use distribute, or remove the setting."),
    TOOL_STREAM_INTERRUPTED(
            317,
            WARNING,
            "The streams of a tool stand behind a timeout",
            "",
            "Its pages stand still until they connect again, and logs that somebody follows end.",
            "Leave timeout and retries.perTryTimeout out on the routes of the tool."),
    NODE_PORT_DROPS(
            318,
            INFO,
            "Nodes without a pod drop what comes to a node port",
            "",
            "Connections time out wherever the sender does not know which nodes have a pod.",
            "Use externalTrafficPolicy Cluster, a DaemonSet, or a balancer that leaves out nodes which do not answer.");

    private final int number;
    private final Severity severity;
    private final String title;
    private final List<String> twins;
    private final String consequence;
    private final String remedy;

    Rule(int number, Severity severity, String title, String twins, String consequence, String remedy) {
        this.number = number;
        this.severity = severity;
        this.title = title;
        this.twins = twins.isEmpty() ? List.of() : List.of(twins.split(" "));
        this.consequence = consequence;
        this.remedy = remedy;
    }

    /** {@code MESH101}. */
    public String code() {
        return "MESH%d".formatted(number);
    }

    /** The rule of a code such as {@code MESH101}, in any case. */
    public static Optional<Rule> of(String code) {
        return Arrays.stream(values())
                .filter(rule -> rule.code().equalsIgnoreCase(code))
                .findFirst();
    }

    public Severity severity() {
        return severity;
    }

    /** One sentence without a full stop. */
    public String title() {
        return title;
    }

    /** What istioctl and Kiali call the same, such as {@code IST0101}. */
    public List<String> twins() {
        return twins;
    }

    /** What happens to traffic. */
    public String consequence() {
        return consequence;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }

    /** A breach in a field of an object. */
    public Finding at(Source source, String message) {
        return new Finding(this, severity, Optional.of(source), source.place(), message, remedy);
    }

    /** A breach in an object as a whole. */
    public Finding at(Manifest manifest, String message) {
        return at(Source.of(manifest), message);
    }

    /** A breach where no object could be read. */
    public Finding at(Place place, String message) {
        return new Finding(this, severity, Optional.empty(), place, message, remedy);
    }
}
