package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import io.meshwright.value.workload.LabelSyntax;
import java.util.Map;
import java.util.TreeMap;

/** The part that keeps the traces, where Jaeger is not one of ours. */
@Doc("Who keeps the traces, in the place of a Jaeger of ours.")
public sealed interface JaegerPart permits JaegerPart.Existing, JaegerPart.Outside, Absent {
    /** Whatever takes spans by OTLP over gRPC in the cluster: Jaeger, Tempo, a collector. */
    @Word("existing")
    @Doc("What takes spans by OTLP over gRPC in the cluster: a Jaeger, Tempo or collector that others run.")
    record Existing(
            @Required @Doc("Namespace of its Service and pods.") @Sample("tempo")
            Name namespace,

            @Required @Doc("Name of its Service.") @Sample("tempo")
            Name service,

            @Defaulted @Doc("Port of the Service that takes OTLP over gRPC; default 4317.")
            Port port,

            @Defaulted @Doc("That port of its pods; default 4317.")
            Port targetPort,

            @Required @Doc("Labels by which NetworkPolicies know its pods.") @Sample("{app.kubernetes.io/name: tempo}")
            Map<String, String> podLabels)
            implements JaegerPart, InCluster {
        public Existing {
            Require.present("namespace", namespace);
            Require.present("service", service);
            port = port == null ? OtlpPorts.GRPC : port;
            targetPort = targetPort == null ? OtlpPorts.GRPC : targetPort;
            podLabels = new TreeMap<>(Require.notEmpty("podLabels", podLabels));
            LabelSyntax.labels("podLabels", podLabels);
        }
    }

    /** Whatever takes spans by OTLP outside the cluster. */
    @Word("outside")
    @Doc("What takes spans by OTLP outside the cluster.")
    record Outside(
            @Required
            @Doc("Address; by HTTP the one below which /v1/traces takes spans.")
            @Sample("https://otlp.example.org")
            Url url,

            @Defaulted @Doc("grpc or http; default grpc.") Protocol protocol,

            @Defaulted @Doc("Headers of each request, by name, as secret/key of the tools' namespace.")
            Map<String, SecretRef> headers)
            implements JaegerPart {
        public Outside {
            Require.present("url", url);
            protocol = protocol == null ? Protocol.GRPC : protocol;
            Require.that(
                    protocol == Protocol.HTTP
                            || url.path().isEmpty()
                            || url.path().equals("/"),
                    "url",
                    "\"%s\" has a path, which gRPC does not know".formatted(url),
                    "remove it, or say protocol: http");
            headers = OtlpHeaders.of(url, headers);
        }
    }

    /** The carrier of OTLP. */
    enum Protocol {
        @Word("grpc")
        GRPC,
        @Word("http")
        HTTP
    }
}
