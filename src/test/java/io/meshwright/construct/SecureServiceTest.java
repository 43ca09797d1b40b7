package io.meshwright.construct;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import java.util.Map;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;

class SecureServiceTest {
    @Test
    void refuses_a_service_that_leads_where_its_callers_are_not_let_in() {
        Identity identity = Identity.of(Name.of("shop"), Name.of("web"));
        SecureService.Builder service = SecureService.Builder.create(Testing.chart(), "web")
                .party(Party.meshed(Name.of("web"), identity, Map.of("app", "web"), TargetPort.http(8080)))
                .ports(List.of(
                        ServicePort.of("http", 80, 8080, Protocol.HTTP),
                        ServicePort.of("grpc", 81, 9999, Protocol.GRPC)))
                .container(Container.of(
                        ImageReference.of("docker.io/library/httpd:2.4.65"), Resources.of("50m", "64Mi", "128Mi")));

        assertThatThrownBy(service::build)
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(
                        "ports[1].targetPort: \"9999\" is no port of shop/web, whose callers are let in to [8080]; give"
                                + " the party and the Service the same ports");
    }
}
