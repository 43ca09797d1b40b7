package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicePortsTest {
    @Test
    void two_ports_of_a_service_may_lead_to_one_of_its_pods() {
        assertThat(TargetPort.behind(List.of(
                        ServicePort.of("http", 80, 8080, Protocol.HTTP),
                        ServicePort.of("http-old", 8000, 8080, Protocol.HTTP),
                        ServicePort.of("tcp", 5432, 5432, Protocol.TCP))))
                .containsExactly(TargetPort.http(8080), TargetPort.tcp(5432));
    }
}
