package io.meshwright.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.AddressRange;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformTest {
    private static final String AZURE = "service.beta.kubernetes.io/azure-";

    @Test
    void azure_asks_for_the_static_address_of_its_resource_group() {
        Exposure exposure = azure(null, null).expose(request("20.249.144.238", "173.245.48.0/20"));

        assertThat(exposure.annotations())
                .containsEntry(AZURE + "load-balancer-ipv4", "20.249.144.238")
                .containsEntry(AZURE + "load-balancer-resource-group", "network")
                .containsEntry(AZURE + "allowed-ip-ranges", "173.245.48.0/20");
        assertThat(exposure.appProtocol()).isFalse();
    }

    @Test
    void azure_can_stay_inside_its_virtual_network() {
        assertThat(azure(true, "ingress").expose(request("10.0.0.4")).annotations())
                .containsEntry(AZURE + "load-balancer-internal", "true")
                .containsEntry(AZURE + "load-balancer-internal-subnet", "ingress");
    }

    @Test
    void a_subnet_of_a_public_load_balancer_is_refused() {
        assertThatThrownBy(() -> azure(false, "ingress"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("internal: true");
    }

    @Test
    void metallb_takes_the_address_from_the_pool_that_holds_it() {
        assertThat(metallb().expose(request("192.168.1.205")).annotations())
                .containsEntry("metallb.io/address-pool", "range")
                .containsEntry("metallb.io/loadBalancerIPs", "192.168.1.205");
    }

    @Test
    void metallb_refuses_an_address_of_no_pool() {
        assertThat(metallb().refusal(IpAddress.of("192.168.1.211"))).isPresent();
        assertThat(metallb().refusal(IpAddress.of("192.168.1.210"))).isEmpty();
    }

    @Test
    void on_premises_fixes_node_ports_or_leaves_the_balancer_to_a_controller() {
        OnPremises fixed = new OnPremises("nfs", new OnPremises.NodePorts(Port.of(30080), Port.of(30443), null), null);

        assertThat(fixed.expose(new Platform.Request(null, List.of())).nodePort(443))
                .hasValue(30443);
        assertThat(new OnPremises("nfs", null, null)
                        .expose(new Platform.Request(null, List.of()))
                        .type())
                .isEqualTo("LoadBalancer");
    }

    @Test
    void node_ports_answer_on_every_node_unless_the_balancer_looks_which_ones_do() {
        assertThat(onPremises(null)
                        .expose(new Platform.Request(null, List.of()))
                        .externalTrafficPolicy())
                .isEqualTo("Cluster");
        assertThat(onPremises(null).hidesClients()).isTrue();
        assertThat(onPremises(true)
                        .expose(new Platform.Request(null, List.of()))
                        .externalTrafficPolicy())
                .isEqualTo("Local");
        assertThat(onPremises(true).hidesClients()).isFalse();
        assertThat(new OnPremises("nfs", null, null).hidesClients()).isFalse();
        assertThat(metallb().expose(request("192.168.1.205")).externalTrafficPolicy())
                .isEqualTo("Local");
    }

    private static OnPremises onPremises(Boolean healthChecked) {
        return new OnPremises("nfs", new OnPremises.NodePorts(Port.of(30080), null, healthChecked), null);
    }

    @Test
    void a_node_port_outside_the_range_is_refused() {
        assertThatThrownBy(() -> new OnPremises.NodePorts(Port.of(8080), null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("30000");
    }

    private static Azure azure(Boolean internal, String subnet) {
        return new Azure("network", null, internal, subnet, null, null);
    }

    private static MetalLb metallb() {
        return new MetalLb(
                List.of(
                        new MetalLb.Pool(Name.of("single"), List.of(AddressRange.of("192.168.1.200/32"))),
                        new MetalLb.Pool(Name.of("range"), List.of(AddressRange.of("192.168.1.201-192.168.1.210")))),
                null,
                null);
    }

    private static Platform.Request request(String address, String... sources) {
        return new Platform.Request(IpAddress.of(address), List.of(sources));
    }
}
