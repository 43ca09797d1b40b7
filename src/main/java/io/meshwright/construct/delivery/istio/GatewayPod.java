package io.meshwright.construct.delivery.istio;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labels and service account of the gateway's pods.
 *
 * @param labels {@code app} and {@code istio}, by which Gateways and Services select them, and any other
 * @param annotations such as {@code proxy.istio.io/config}
 * @param serviceAccount their identity in the mesh
 */
public record GatewayPod(SortedMap<String, String> labels, SortedMap<String, String> annotations, Name serviceAccount) {
    public GatewayPod {
        Require.present("labels.app", labels.get("app"));
        Require.present("labels.istio", labels.get("istio"));
        Require.present("serviceAccount", serviceAccount);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** Labelled as Istio's own samples are: {@code app: istio-ingressgateway}, {@code istio: ingressgateway}. */
    public static GatewayPod of(Name release, Name serviceAccount) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("app", release.value());
        labels.put("istio", release.value().replaceFirst("^istio-", ""));
        return new GatewayPod(labels, new TreeMap<>(), serviceAccount);
    }

    /** The same behind as many proxies whose X-Forwarded-For it believes, where the mesh has another number. */
    public GatewayPod trusting(int proxies) {
        SortedMap<String, String> more = new TreeMap<>(annotations);
        more.put(IstioAnnotations.PROXY_CONFIG, "{\"gatewayTopology\":{\"numTrustedProxies\":%d}}".formatted(proxies));
        return new GatewayPod(labels, more, serviceAccount);
    }
}
