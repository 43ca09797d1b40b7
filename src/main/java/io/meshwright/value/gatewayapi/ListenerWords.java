package io.meshwright.value.gatewayapi;

import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.MinimumVersion;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import java.util.ArrayList;
import java.util.List;

/** The listeners of one gateway as those of a Gateway of the Gateway API: one for each host. */
public final class ListenerWords {
    /** The way round whatever the Gateway API cannot say. */
    static final String OTHER_KINDS = "bring it by a gateway with api: networking.istio.io";

    private static final KeyPath LISTENERS = KeyPath.of("listeners");
    private static final int HTTP_PORT = 80;
    // gateway-api, Gateway, spec.listeners: maxItems.
    private static final int MOST = 64;

    private final List<Listener> listeners;
    private final List<InvalidValue> refusals = new ArrayList<>();

    private ListenerWords(List<Listener> listeners) {
        this.listeners = listeners;
    }

    /**
     * Everything that a Gateway of the Gateway API would answer otherwise than one of Istio's, by keys below the
     * gateway's.
     *
     * @param namespace of the Gateway
     * @param pods namespace of its pods, where the Secrets of its certificates are
     */
    public static List<InvalidValue> refusals(List<Listener> listeners, Name namespace, Name pods) {
        ListenerWords words = new ListenerWords(listeners);
        for (int i = 0; i < listeners.size(); i++) {
            words.protocol(i);
            words.tls(i);
            words.redirect(i);
            words.hosts(i);
        }
        words.namespace(namespace, pods);
        words.number();
        return words.refusals;
    }

    /** The name of the listener of one host, which routes are bound to. */
    public static String section(Listener listener, Host host) {
        return "%s-%s-%s"
                .formatted(listener.protocol() == Scheme.HTTPS ? "https" : "http", listener.port(), host.dashed());
    }

    private void protocol(int index) {
        Listener listener = listeners.get(index);
        refuse(
                !listener.isHttp(),
                LISTENERS.index(index).key("protocol"),
                "\"%s\" reads no requests, and no HTTPRoute is bound to it".formatted(listener.protocol()),
                "move it and its connections to an entry of gateways with api: networking.istio.io");
    }

    private void tls(int index) {
        Tls tls = listeners.get(index).tls();
        KeyPath at = LISTENERS.index(index).key("tls");
        refuse(
                listeners.get(index).asksForClientCertificates(),
                at.key("mode"),
                "\"MUTUAL\" asks for client certificates at every host of the port in the Gateway API, and before"
                        + " Istio 1.28 at none",
                "move the listener to an entry of gateways with api: networking.istio.io");
        // istiod opens listeners of the Gateway API with its own lowest version (conversion.go, buildTLS).
        refuse(
                tls != null && tls.minProtocolVersion() != MinimumVersion.TLSV1_2,
                at.key("minProtocolVersion"),
                "is no field of a listener of the Gateway API, where TLS begins at 1.2",
                "remove it, or use api: networking.istio.io");
    }

    /** Envoy keeps the port of the Host header where Istio's own kinds redirect, and HTTPRoutes leave it out. */
    private void redirect(int index) {
        Listener listener = listeners.get(index);
        refuse(
                listener.redirectToHttps() && listener.port().value() != HTTP_PORT,
                LISTENERS.index(index).key("redirectToHttps"),
                "leads from port \"%s\" to 443 in the Gateway API, and back to that port by Istio's kinds"
                        .formatted(listener.port()),
                "listen on 80, or use api: networking.istio.io");
        if (listener.redirectToHttps()) {
            listener.hosts().stream()
                    .filter(host -> listeners.stream()
                            .noneMatch(other -> other.isHttp() && !other.redirectToHttps() && other.serves(host)))
                    .forEach(host -> refuse(
                            true,
                            LISTENERS.index(index).key("redirectToHttps"),
                            "leads to HTTPS, where no listener has \"%s\", so that its routes are bound to none"
                                    .formatted(host),
                            "add a listener of protocol HTTPS for it, or use api: networking.istio.io"));
        }
    }

    /**
     * Routes are bound to listeners there, and each host has one of its own: a connection opened by the name of one
     * host answers for no other, although a browser may use it for every name of the certificate (gateway-api,
     * GEP-3567).
     */
    private void hosts(int index) {
        Listener listener = listeners.get(index);
        if (listener.protocol() == Scheme.HTTPS) {
            refuse(
                    listener.hosts().size() > 1,
                    LISTENERS.index(index).key("hosts"),
                    "%s show one certificate, and a connection that a browser opened for one of them would answer 404"
                                    .formatted(listener.hosts())
                            + " for another",
                    "write one wildcard that covers them, or a listener with a certificate of its own for each");
        }
        for (int other = 0; other < index; other++) {
            boolean both = listener.isHttp() && listeners.get(other).isHttp();
            if (both && listeners.get(other).port().equals(listener.port())) {
                apart(index, other);
            }
        }
    }

    private void apart(int index, int other) {
        Listener listener = listeners.get(index);
        Listener before = listeners.get(other);
        Tls tls = listener.tls();
        refuse(
                tls != null
                        && before.tls() != null
                        && tls.credentialName().equals(before.tls().credentialName()),
                LISTENERS.index(index).key("tls").key("credentialName"),
                "\"%s\" is shown by listeners[%d] too, and a connection that a browser opened for one of them would"
                                .formatted(tls == null ? "" : tls.credentialName(), other)
                        + " answer 404 for the other",
                "write one listener with a wildcard that covers both, or give each a certificate of its own");
        listener.hosts()
                .forEach(host -> before.hosts().stream()
                        .filter(known -> known.covers(host) || host.covers(known))
                        .findFirst()
                        .ifPresent(known -> overlapping(index, host, known)));
    }

    private void overlapping(int index, Host host, Host known) {
        refuse(
                true,
                LISTENERS.index(index).key("hosts"),
                "\"%s\" and \"%s\" are listeners of one port, and routes of the one are not found at the other"
                        .formatted(host, known),
                "keep the wider one, or use api: networking.istio.io");
    }

    /**
     * istiod gives a Gateway that names a Service to pods of its own namespace alone, and hands them only Secrets of it
     * unless grants say otherwise (pilot/pkg/model/push_context.go, mergeGateways; gateway.go, MergeGateways).
     */
    private void namespace(Name namespace, Name pods) {
        refuse(
                !namespace.equals(pods),
                KeyPath.of("namespace"),
                "\"%s\" is not that of the pods, which listen for no Gateway of the Gateway API from elsewhere"
                        .formatted(namespace),
                "write %s".formatted(pods));
    }

    private void number() {
        int all =
                listeners.stream().mapToInt(listener -> listener.hosts().size()).sum();
        refuse(
                all > MOST,
                LISTENERS,
                "have %d hosts, and a Gateway of the Gateway API has at most %d listeners, one for each host"
                        .formatted(all, MOST),
                "write wildcards, or use a further gateway");
    }

    private void refuse(boolean wrong, KeyPath at, String problem, String remedy) {
        if (wrong) {
            refusals.add(new InvalidValue(at, problem, remedy));
        }
    }
}
