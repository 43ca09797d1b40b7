package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Name SHOP = Name.of("shop");

    @Test
    void builds_the_principal_of_a_service_account() {
        assertThat(Identity.of(SHOP, Name.of("cart")).principal()).isEqualTo("cluster.local/ns/shop/sa/cart");
    }

    @Test
    void builds_the_principal_of_a_whole_namespace() {
        assertThat(Identity.everyIn(SHOP).principal()).isEqualTo("cluster.local/ns/shop/sa/*");
    }

    @Test
    void follows_the_trust_domain_of_the_mesh() {
        assertThat(Identity.of(SHOP, Name.of("cart"))
                        .within(Host.of("td.example"))
                        .principal())
                .isEqualTo("td.example/ns/shop/sa/cart");
    }

    @Test
    void refuses_a_party_with_the_identity_of_another_namespace() {
        assertThatThrownBy(() -> new Party(
                        Name.of("cart"),
                        Name.of("other"),
                        Map.of("app", "cart"),
                        Optional.of(Identity.of(SHOP, Name.of("cart"))),
                        List.of()))
                .hasMessage("identity: \"cluster.local/ns/shop/sa/cart\" is not of namespace \"other\"; "
                        + "give a service account of the pods' own namespace");
    }

    @Test
    void counts_two_parties_with_the_same_labels_in_another_order_as_one() {
        assertThat(Party.outsideMesh(SHOP, SHOP, Map.of("a", "1", "b", "2")).toString())
                .isEqualTo("shop/shop");
        assertThat(Party.outsideMesh(SHOP, SHOP, Map.of("a", "1", "b", "2")))
                .isEqualTo(Party.outsideMesh(SHOP, SHOP, Map.of("b", "2", "a", "1")));
    }
}
