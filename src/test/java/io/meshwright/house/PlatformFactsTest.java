package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The facts of the three platforms' documents, looked up in what was rendered for them. */
class PlatformFactsTest {
    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        gateway/gateway.default.sangsang-gateway.yaml | /spec/servers/0/port/number | 443
        gateway/gateway.default.sangsang-gateway.yaml | /spec/servers/0/tls/mode | SIMPLE
        gateway/gateway.default.sangsang-gateway.yaml | /spec/servers/0/tls/credentialName | oauth-buildingbite-com-tls
        gateway/gateway.default.sangsang-gateway.yaml | /spec/servers/0/hosts | oauth.buildingbite.com buildingbite.com app.buildingbite.com monitoring.buildingbite.com
        gateway/gateway.default.sangsang-gateway.yaml | /spec/servers/1 | ``
        gateway/externalsecret.istio-system.oauth-buildingbite-com-tls.yaml | /spec/secretStoreRef/name | key-vault
        argocd/application.argocd.istiod.yaml | /spec/source/targetRevision | 1.23.4
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/outboundTrafficPolicy/mode | REGISTRY_ONLY
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/global/proxy/resources/limits/memory | 1Gi
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/global/hub | docker.io/istio
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/defaultConfig/tracing/sampling | 1
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/serviceAccount/name | istio-ingressgateway-service-account
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/annotations/service.beta.kubernetes.io~1azure-load-balancer-ipv4 | 20.249.144.238
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/ports/0/appProtocol | ``
        mesh/peerauthentication.istio-system.default.yaml | /spec/mtls/mode | STRICT
        mesh/peerauthentication.default.sangsang-plus-gateway-exception.yaml | /spec/mtls/mode | PERMISSIVE
        services/authorizationpolicy.default.sangsang-plus-gateway-callers.yaml | /spec/rules/0/from/0/source/principals | cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account
        services/authorizationpolicy.user-service.user-service-callers.yaml | /spec/rules/0/from/0/source/principals | cluster.local/ns/default/sa/sangsang-plus-gateway
        services/destinationrule.default.sangsang-plus-gateway.yaml | /spec/trafficPolicy/connectionPool/tcp/maxConnections | 10
        services/destinationrule.default.sangsang-plus-gateway.yaml | /spec/trafficPolicy/connectionPool/http/http1MaxPendingRequests | 10
        services/destinationrule.default.sangsang-plus-gateway.yaml | /spec/trafficPolicy/connectionPool/http/maxRequestsPerConnection | 2
        services/virtualservice.default.oauth-buildingbite-com.yaml | /spec/http/0/name | actuator-refused
        services/virtualservice.default.oauth-buildingbite-com.yaml | /spec/http/0/directResponse/status | 403
        services/virtualservice.default.oauth-buildingbite-com.yaml | /spec/http/2/corsPolicy/maxAge | 3600s
        services/virtualservice.default.oauth-buildingbite-com.yaml | /spec/http/2/timeout | ``
        services/virtualservice.user-service.user-service.yaml | /spec/http/2/route/0/weight | 90
        services/virtualservice.user-service.user-service.yaml | /spec/http/2/route/1/weight | 10
        """)
    void azure_is_as_documented(String file, String pointer, String fact) {
        holds("azure", file, pointer, fact);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        argocd/application.argocd.istiod.yaml | /spec/source/targetRevision | 1.26.2
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/accessLogFile | /dev/stdout
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/defaultConfig/tracing/sampling | 100
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/defaultConfig/tracing/customTags/environment/literal/value | egov-cluster
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/defaultConfig/discoveryAddress | istiod.istio-system.svc:15012
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/enablePrometheusMerge | true
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/extensionProviders/0/opentelemetry/service | otel-collector.egov-monitoring.svc.cluster.local
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/extensionProviders/1/envoyOtelAls/logFormat/labels/app | %ENVIRONMENT(APP_CONTAINER_NAME)%
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/extensionProviders/1/envoyOtelAls/logFormat/labels/log_type | access-log
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/rootNamespace | istio-system
        argocd/application.argocd.istiod.yaml | /spec/source/helm/valuesObject/meshConfig/trustDomain | cluster.local
        gateway/gateway.istio-system.istio-ingressgateway.yaml | /spec/servers/0/port/protocol | HTTP
        gateway/gateway.istio-system.istio-ingressgateway.yaml | /spec/servers/0/hosts | *
        namespaces/namespace.egov-app.yaml | /metadata/labels/istio-injection | enabled
        namespaces/namespace.egov-infra.yaml | /metadata/labels/istio-injection | enabled
        services/virtualservice.egov-app.egov-hello.yaml | /spec/http/1/match/0/uri/exact | /a/b/c/hello
        services/virtualservice.egov-app.egov-hello.yaml | /spec/http/1/route/0/destination/port/number | 80
        services/destinationrule.egov-app.egov-hello.yaml | /spec/trafficPolicy/loadBalancer/simple | ROUND_ROBIN
        services/destinationrule.egov-app.egov-hello.yaml | /spec/trafficPolicy/outlierDetection/interval | 1s
        services/destinationrule.egov-app.egov-hello.yaml | /spec/trafficPolicy/outlierDetection/consecutive5xxErrors | 3
        services/destinationrule.egov-app.egov-hello.yaml | /spec/trafficPolicy/outlierDetection/maxEjectionPercent | 100
        mesh/telemetry.egov-app.egov-apps-telemetry.yaml | /spec/accessLogging/0/providers/0/name | otel-loki
        mesh/telemetry.egov-app.egov-apps-telemetry.yaml | /spec/tracing/0/customTags/environment/environment/name | SPRING_PROFILES_ACTIVE
        mesh/telemetry.egov-app.egov-apps-telemetry.yaml | /spec/tracing/0/customTags/version/header/name | x-version
        mesh/telemetry.egov-app.egov-apps-telemetry.yaml | /spec/tracing/0/randomSamplingPercentage | 100
        mesh/peerauthentication.istio-system.default.yaml | /spec/mtls/mode | STRICT
        """)
    void egov_is_as_documented(String file, String pointer, String fact) {
        holds("egov", file, pointer, fact);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/type | LoadBalancer
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/annotations/metallb.io~1address-pool | local-pool
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/annotations/metallb.io~1loadBalancerIPs | 192.168.1.200
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/ports/0/name | http2
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/ports/0/targetPort | 8080
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/service/ports/1/targetPort | 8443
        argocd/application.argocd.istio-ingressgateway.yaml | /spec/source/helm/valuesObject/labels/istio | ingressgateway
        gateway/gateway.blog-system.blog-gateway.yaml | /spec/servers/0/hosts | *.jiminhome.shop
        gateway/gateway.blog-system.blog-gateway.yaml | /spec/servers/0/port/protocol | HTTP
        gateway/gateway.blog-system.blog-gateway.yaml | /spec/servers/1/port/protocol | HTTPS
        gateway/virtualservice.argocd.argocd-jiminhome-shop.yaml | /spec/gateways | blog-system/blog-gateway
        gateway/virtualservice.argocd.argocd-jiminhome-shop.yaml | /spec/http/0/route/0/destination/port/number | 80
        services/virtualservice.blog-system.blog-jiminhome-shop.yaml | /spec/http/1/route/0/destination/subset | stable
        services/destinationrule.blog-system.web-service.yaml | /spec/trafficPolicy/tls/mode | DISABLE
        services/rollout.blog-system.web.yaml | /spec/strategy/canary/trafficRouting/istio/destinationRule/canarySubsetName | canary
        services/statefulset.blog-system.mysql.yaml | /spec/template/metadata/labels/sidecar.istio.io~1inject | false
        services/service.blog-system.mysql.yaml | /spec/ports/0/appProtocol | mysql
        mesh/peerauthentication.blog-system.default.yaml | /spec/mtls/mode | PERMISSIVE
        load-balancer/ipaddresspool.metallb-system.local-pool.yaml | /spec/addresses | 192.168.1.200/32
        namespaces/namespace.metallb-system.yaml | /metadata/labels/istio-injection | ``
        namespaces/namespace.istio-system.yaml | /metadata/labels/istio-injection | ``
        namespaces/namespace.argocd.yaml | /metadata/labels/istio-injection | enabled
        """)
    void homelab_is_as_documented(String file, String pointer, String fact) {
        holds("homelab", file, pointer, fact);
    }

    private static void holds(String environment, String file, String pointer, String fact) {
        JsonNode manifest = Fixtures.manifests(environment).get(environment + "/" + file);
        assertThat(manifest).as(file).isNotNull();
        JsonNode value = manifest.at(pointer);
        String text = value.isArray()
                ? String.join(
                        " ",
                        StreamSupport.stream(value.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList())
                : value.asText();
        assertThat(text).as("%s %s", file, pointer).isEqualTo(fact);
    }
}
