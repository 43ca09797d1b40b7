package io.meshwright.value.pod;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests that pods may send to the API server about their own namespace, by a Role of their service account. */
@Doc(
        "What its pods may ask of the API server, in their own namespace alone: they get a Role and their account's token.")
@Sample("{rules: [{apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create, update]}]}")
public record Role(
        @Required @Doc("What it admits; each rule by itself.")
        List<RoleRule> rules,

        @Nullable
        @Doc("Why, where a rule lets them act as other pods or lift policies; such as running pods, pods/exec or"
                + " networkpolicies.")
        String reason,

        @Defaulted
        @Doc("Blocks with the API server's addresses; default: every address, at its ports 443 and 6443.")
        @Sample("[10.0.0.1/32]")
        List<Cidr> apiServer) {
    public Role {
        rules = Require.notEmpty("rules", rules);
        Require.that(reason == null || !reason.isBlank(), "reason", "is empty", "say why, or remove it");
        if (reason == null) {
            for (int i = 0; i < rules.size(); i++) {
                int index = i;
                rules.get(i)
                        .beyond()
                        .ifPresent(beyond -> Require.that(
                                false,
                                "reason",
                                "is missing, and rules[%d] has %s, by which pods %s"
                                        .formatted(index, Plain.quoted(beyond.resource()), beyond.does()),
                                "say why they need it, or remove it from the rule"));
            }
        }
        apiServer = apiServer == null ? List.of() : List.copyOf(apiServer);
    }

    /** Some rules, which need no reason. */
    public static Role of(RoleRule... rules) {
        return new Role(List.of(rules), null, null);
    }
}
