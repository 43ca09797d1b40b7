package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenServiceTest {
    private static final String AWS = "service.beta.kubernetes.io/aws-load-balancer-";

    private static OpenService written(String annotations, String spec) {
        Mesh mesh = Meshes.of(
                "{apiVersion: v1, kind: Service, metadata: {name: gw, namespace: edge, annotations: {%s}}, spec: {%s, ports: [{name: http, port: 80, nodePort: 30080}]}}"
                        .formatted(annotations, spec));
        return open(mesh, "edge", "gw");
    }

    private static OpenService open(Mesh mesh, String namespace, String name) {
        return new OpenService(mesh.services().kubernetes(namespace, name).orElseThrow());
    }

    /** An address is hidden where a node or a load balancer puts its own in its place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // annotations of AWS, of the spec, what becomes of a client's address, of the controller
                "'' | type: LoadBalancer | HIDDEN | false",
                "'' | type: LoadBalancer, externalTrafficPolicy: Local | KEPT | false",
                "'' | type: NodePort, externalTrafficPolicy: Local | KEPT | false",
                "type: external | type: NodePort, externalTrafficPolicy: Local | KEPT | false",
                "scheme: internal | type: LoadBalancer, externalTrafficPolicy: Local | UNKNOWN | false",
                "type: nlb | type: LoadBalancer, externalTrafficPolicy: Local | KEPT | false",
                "type: nlb | type: LoadBalancer | HIDDEN | false",
                "type: external | type: LoadBalancer, externalTrafficPolicy: Local | UNKNOWN | true",
                "type: nlb-ip | type: LoadBalancer, externalTrafficPolicy: Local | HIDDEN | true",
                "'' | type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb | UNKNOWN | true",
                "nlb-target-type: ip | type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb | HIDDEN | true",
                "nlb-target-type: instance | type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb,"
                        + " externalTrafficPolicy: Local | KEPT | true",
                "type: external | type: LoadBalancer, loadBalancerClass: example.com/own, externalTrafficPolicy: Local"
                        + " | KEPT | false",
                "type: nlb | type: LoadBalancer, loadBalancerClass: example.com/own | HIDDEN | false"
            })
    void the_address_of_a_client_is_kept_or_hidden_by_what_stands_before_the_pods(
            String annotation, String spec, ClientAddress expected, boolean ofController) {
        OpenService open = written(annotation.isEmpty() ? "" : AWS.concat(annotation), spec);

        assertThat(open.clientAddress()).isEqualTo(expected);
        assertThat(AwsLoadBalancer.of(open)
                        .filter(AwsLoadBalancer::isOfController)
                        .isPresent())
                .isEqualTo(ofController);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"${service:=LoadBalancer}\"', LoadBalancer, true",
        "'\"${service:-ClusterIP}\"', ClusterIP, false",
        "'\"${SERVICE_TYPE}\"', LoadBalancer, true",
        "ClusterIP, ClusterIP, false"
    })
    void a_type_that_something_fills_in_is_its_default_or_that_of_gateways(String written, String type, boolean open) {
        OpenService service = written("", "type: %s".formatted(written));

        assertThat(service.type()).isEqualTo(type);
        assertThat(service.isOpen()).isEqualTo(open);
    }

    @Test
    void of_ports_of_udp_and_tcp_with_one_number_that_of_tcp_is_called() {
        Mesh mesh = Meshes.of("""
            apiVersion: v1
            kind: Service
            metadata: {name: gw, namespace: edge}
            spec:
              type: LoadBalancer
              ports:
                - {name: http3, port: 443, targetPort: 9443, protocol: UDP, nodePort: 30443}
                - {name: https, port: 443, targetPort: 8443, nodePort: 30443}
            """);

        assertThat(open(mesh, "edge", "gw").port(443).orElseThrow().port().name())
                .isEqualTo("https");
        assertThat(open(mesh, "edge", "gw").port(30443).orElseThrow().port().name())
                .isEqualTo("https");
    }

    @Test
    void a_load_balancer_that_nothing_of_aws_asks_for_is_none_of_it() {
        assertThat(AwsLoadBalancer.of(written("", "type: LoadBalancer"))).isEmpty();
        assertThat(AwsLoadBalancer.of(written(AWS + "scheme: internal", "type: LoadBalancer")))
                .isPresent();
        assertThat(AwsLoadBalancer.of(written(AWS + "scheme: internal", "type: ClusterIP")))
                .isEmpty();
    }

    @Test
    void blocks_of_addresses_stand_in_the_spec_and_in_annotations() {
        OpenService open = written(
                "service.beta.kubernetes.io/load-balancer-source-ranges: '192.0.2.0/24, 198.51.100.0/24,'",
                "type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]");

        assertThat(open.ranges()).containsExactly("203.0.113.0/24", "192.0.2.0/24", "198.51.100.0/24");
        assertThat(written("", "type: LoadBalancer").ranges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service.beta.kubernetes.io/aws-load-balancer-scheme: internal | true",
                "service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing | false",
                "networking.gke.io/load-balancer-type: internal | true",
                "'' | false"
            })
    void annotations_of_clouds_keep_a_load_balancer_inside(String annotation, boolean internal) {
        assertThat(written(annotation, "type: LoadBalancer").isInternal()).isEqualTo(internal);
    }

    @Test
    void a_call_from_outside_meets_a_port_of_the_service_or_of_the_nodes() {
        OpenService open = written("", "type: NodePort");

        assertThat(open.port(80).map(OpenService.Port::onNode)).contains(false);
        assertThat(open.port(30080).map(OpenService.Port::onNode)).contains(true);
        assertThat(open.port(30081)).isEmpty();
        assertThat(written("", "type: ClusterIP").port(80)).isEmpty();
    }

    @Test
    void the_values_of_a_chart_say_the_same_as_a_spec() {
        String values = """
            helm: {valuesObject: {service: {externalTrafficPolicy: Local, loadBalancerSourceRanges: [192.0.2.0/24],
              annotations: {networking.gke.io/load-balancer-type: Internal}}}}""";
        OpenService open = open(
                Meshes.of(Meshes.gatewayChart().replace("helm: {valuesObject: {}}", values)),
                "istio-ingress",
                "istio-ingressgateway");

        assertThat(open.type()).isEqualTo("LoadBalancer");
        assertThat(open.isInternal()).isTrue();
        assertThat(open.ranges()).containsExactly("192.0.2.0/24");
        assertThat(open.clientAddress()).isEqualTo(ClientAddress.KEPT);
        assertThat(open.annotationAt("networking.gke.io/load-balancer-type").pointer())
                .isEqualTo("/spec/source/helm/valuesObject/service/annotations/networking.gke.io~1load-balancer-type");
    }

    @Test
    void the_settings_of_an_operator_say_the_same_as_a_spec() {
        OpenService open = open(Meshes.of("""
                    {apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: x}, spec: {components: {
                      ingressGateways: [{name: istio-ingressgateway, enabled: true,
                        k8s: {service: {externalTrafficPolicy: Local, type: NodePort}}}]}}}
                    """), "istio-system", "istio-ingressgateway");

        assertThat(open.type()).isEqualTo("NodePort");
        assertThat(open.isLocal()).isTrue();
        assertThat(open.field("type").pointer()).isEqualTo("/spec/components/ingressGateways/0/k8s/service/type");
    }

    /** The attributes of a target group go before the defaults of its kind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // annotations of AWS, policy of the nodes, what becomes of a client's address, begins with its address
                "@type: external, @target-group-attributes: preserve_client_ip.enabled=false | Local | HIDDEN | false",
                "@type: external, @target-group-attributes: preserve_client_ip.enabled=true | Local | KEPT | false",
                "@type: external, @target-group-attributes: preserve_client_ip.enabled=true | Cluster | UNKNOWN | false",
                "@type: external, @nlb-target-type: ip | Local | HIDDEN | false",
                "@type: external, @nlb-target-type: IP, @target-group-attributes: 'a=b, preserve_client_ip.enabled=true' | Cluster | KEPT | false",
                "@type: external, @nlb-target-type: ip, @target-group-attributes: 'preserve_client_ip.enabled2=true' | Cluster | HIDDEN | false",
                "@type: external, @nlb-target-type: instance | Cluster | HIDDEN | false",
                "@type: nlb, @target-group-attributes: 'a=b,proxy_protocol_v2.enabled=true' | Local | UNKNOWN | true",
                "@type: nlb, @target-group-attributes: proxy_protocol_v2.enabled=false | Local | KEPT | false",
                "@scheme: internal, @target-group-attributes: proxy_protocol_v2.enabled=true | Local | UNKNOWN | false",
                "@proxy-protocol: '*' | Local | UNKNOWN | true",
                "@proxy-protocol: '' | Local | UNKNOWN | false",
                "@type: nlb, @target-group-attributes.443: preserve_client_ip.enabled=false | Local | UNKNOWN | false"
            })
    void a_target_group_may_be_told_to_keep_an_address_to_hide_it_or_to_tell_it_in_front(
            String annotations, String policy, ClientAddress expected, boolean tells) {
        OpenService open =
                written(annotations.replace("@", AWS), "type: LoadBalancer, externalTrafficPolicy: ".concat(policy));
        AwsLoadBalancer balancer = AwsLoadBalancer.of(open).orElseThrow();

        assertThat(balancer.clientAddress()).isEqualTo(expected);
        assertThat(balancer.sendsProxyProtocol().isPresent()).isEqualTo(tells);
    }

    /** What a class of Gateways, or a Gateway's own parameters, say of the Service that istiod makes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | '' | LoadBalancer | HIDDEN | 1",
                "gatewayClasses: {istio: {service: {spec: {externalTrafficPolicy: Local}}, deployment: {spec: {replicas:"
                        + " 3}}}} | '' | LoadBalancer | KEPT | 3",
                "gatewayClasses: {other: {service: {spec: {externalTrafficPolicy: Local}}}} | '' | LoadBalancer | HIDDEN | 1",
                "{} | labels: {gateway.istio.io/defaults-for-class: istio} | ClusterIP | KEPT | 1",
                "{} | annotations: {any: thing} | LoadBalancer | HIDDEN | 1"
            })
    void a_gateway_has_what_its_class_says(
            String values, String map, String type, ClientAddress address, int replicas) {
        Mesh mesh = Meshes.of("""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: istiod, namespace: istio-system}
            spec: {chart: {spec: {chart: istiod, version: 1.30.5}}, values: {%s}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: class, namespace: istio-system, %s}
            data:
              service: |
                spec: {type: ClusterIP, externalTrafficPolicy: Local}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: public, namespace: edge}
            spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
            """.formatted(values.equals("{}") ? "" : values, map.isEmpty() ? "labels: {}" : map));
        OpenService open = open(mesh, "edge", "public-istio");

        assertThat(open.type()).isEqualTo(type);
        assertThat(open.clientAddress()).isEqualTo(address);
        assertThat(mesh.services().pods(open.service()).get(0).replicas()).hasValue(replicas);
    }

    @Test
    void parameters_of_a_gateway_go_before_its_class_and_an_autoscaler_leaves_the_number_open() {
        Mesh mesh = Meshes.of("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: class, namespace: istio-system, labels: {gateway.istio.io/defaults-for-class: istio}}
            data: {service: "{spec: {type: ClusterIP, externalTrafficPolicy: Local}}"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: own, namespace: edge}
            data: {service: "{spec: {type: LoadBalancer}}", horizontalPodAutoscaler: "{spec: {maxReplicas: 5}}"}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: public, namespace: edge}
            spec:
              gatewayClassName: istio
              infrastructure: {parametersRef: {group: "", kind: ConfigMap, name: own}}
              listeners: [{name: http, port: 80, protocol: HTTP}]
            """);
        OpenService open = open(mesh, "edge", "public-istio");

        assertThat(open.type()).isEqualTo("LoadBalancer");
        assertThat(open.clientAddress()).isEqualTo(ClientAddress.KEPT);
        assertThat(mesh.services().pods(open.service()).get(0).replicas()).isEmpty();
    }
}
