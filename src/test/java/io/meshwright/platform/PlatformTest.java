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

        assertThat(fixed.expose(new Platform.Request(null, List.of(), true)).nodePort(443))
                .hasValue(30443);
        assertThat(new OnPremises("nfs", null, null)
                        .expose(new Platform.Request(null, List.of(), true))
                        .type())
                .isEqualTo("LoadBalancer");
    }

    @Test
    void node_ports_answer_on_every_node_unless_the_balancer_looks_which_ones_do() {
        assertThat(onPremises(null)
                        .expose(new Platform.Request(null, List.of(), true))
                        .externalTrafficPolicy())
                .isEqualTo("Cluster");
        assertThat(onPremises(null).hiding()).isPresent();
        assertThat(onPremises(true)
                        .expose(new Platform.Request(null, List.of(), true))
                        .externalTrafficPolicy())
                .isEqualTo("Local");
        assertThat(onPremises(true).hiding()).isEmpty();
        assertThat(new OnPremises("nfs", null, null).hiding()).isEmpty();
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

    @Test
    void elastic_ips_are_one_for_each_subnet_that_is_named_and_face_the_internet() {
        assertThatThrownBy(() -> eks(false, List.of("subnet-a"), List.of("eipalloc-0a1b2c3d", "eipalloc-1b2c3d4e")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("are 2 for 1 named subnets");
        assertThatThrownBy(() -> eks(false, List.of(), List.of("eipalloc-0a1b2c3d")))
                .hasMessageContaining("are 1 for 0 named subnets");
        assertThatThrownBy(() -> eks(true, List.of("subnet-a"), List.of("eipalloc-0a1b2c3d")))
                .hasMessageContaining("set internal: false");
        assertThatThrownBy(() -> eks(false, List.of("subnet-a"), List.of("203.0.113.7")))
                .hasMessageContaining("eipAllocations[0]")
                .hasMessageContaining("is no allocation of an Elastic IP");
        assertThatThrownBy(() -> eks(false, List.of("subnet-a", "subnet-a"), List.of()))
                .hasMessageContaining("subnets[1]")
                .hasMessageContaining("is there twice");
        assertThatThrownBy(() -> eks(false, List.of("subnet-a, subnet-b"), List.of()))
                .hasMessageContaining("subnets[0]");
        assertThat(eks(false, List.of("subnet-a"), List.of("eipalloc-0a1b2c3d"))
                        .expose(new Platform.Request(null, List.of(), false))
                        .annotations())
                .doesNotContainKey("service.beta.kubernetes.io/aws-load-balancer-eip-allocations");
    }

    @Test
    void subnet_and_global_access_of_gke_are_for_internal_load_balancers() {
        assertThatThrownBy(() -> new Gke(null, "edge", null, null, null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("set internal: true");
        assertThatThrownBy(() -> new Gke(false, null, true, null, null, null)).hasMessageContaining("globalAccess");
        assertThat(new Gke(true, "edge", true, null, null, null).storageClass()).isEqualTo("standard-rwo");
    }

    @Test
    void kind_hides_clients_and_publishes_node_ports_alone() {
        assertThatThrownBy(() -> new KindNodes.PublishedPorts(Port.of(8080), null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("30000");
        assertThat(new KindNodes(null, null).hiding()).isPresent();
    }

    private static Eks eks(boolean internal, List<String> subnets, List<String> eips) {
        return new Eks(internal, null, null, subnets, eips, null, null, null);
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
        return new Platform.Request(IpAddress.of(address), List.of(sources), true);
    }
}
