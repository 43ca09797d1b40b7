package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.terms.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule of an AuthorizationPolicy as a ztunnel heeds it, which reads no HTTP: an ALLOW rule that asks for any is
 * left out whole, a DENY rule loses what it asks of HTTP, and an element that is left with nothing fits no connection
 * (pilot/pkg/serviceregistry/ambient/authorization.go handleRule, ztunnel src/rbac.rs).
 */
public final class ZtunnelRule {
    private static final Set<String> SOURCE = Set.of(
            "principals",
            "notPrincipals",
            "namespaces",
            "notNamespaces",
            "serviceAccounts",
            "notServiceAccounts",
            "ipBlocks",
            "notIpBlocks");
    private static final Set<String> SOURCE_OF_HTTP =
            Set.of("requestPrincipals", "notRequestPrincipals", "remoteIpBlocks", "notRemoteIpBlocks");
    private static final Set<String> OPERATION = Set.of("ports", "notPorts");
    private static final Set<String> KEYS =
            Set.of("source.ip", "source.namespace", "source.principal", "destination.ip", "destination.port");

    private final Action action;
    private final Conditions conditions;
    private final List<List<Element>> clauses = new ArrayList<>();

    private ZtunnelRule(Action action, Conditions conditions) {
        this.action = action;
        this.conditions = conditions;
    }

    /** Changes that a ztunnel makes to what a rule means. */
    public enum Loss {
        NOTHING,
        /** It fits connections that its author did not mean. */
        WIDER,
        /** Some of its alternatives fit nothing. */
        NARROWER,
        /** It fits no connection at all. */
        WHOLE
    }

    /**
     * A part of a clause; {@code conditions} are what a ztunnel keeps of it, {@code loses} tells of HTTP that it does
     * not.
     */
    private record Element(List<Condition> conditions, boolean loses) {}

    private record Condition(String name, List<String> values, boolean isKey, boolean negated) {}

    static ZtunnelRule of(Source rule, Action action, Conditions conditions) {
        ZtunnelRule own = new ZtunnelRule(action, conditions);
        JsonNode body = rule.value();
        own.add(Fields.items(body.path("to")), "operation", OPERATION, AuthorizationRule.OPERATION_OF_HTTP);
        own.add(Fields.items(body.path("from")), "source", SOURCE, SOURCE_OF_HTTP);
        Fields.items(body.path("when")).forEach(when -> own.clauses.add(List.of(when(when))));
        return own;
    }

    private void add(List<JsonNode> items, String name, Set<String> kept, Set<String> lost) {
        if (items.isEmpty()) {
            return;
        }
        clauses.add(items.stream()
                .map(item -> item.path(name))
                .map(fields -> new Element(
                        Fields.entries(fields).stream()
                                .filter(field -> kept.contains(field.getKey()) && conditions.isKnown(field.getKey()))
                                .filter(field -> !field.getValue().isEmpty())
                                .map(ZtunnelRule::field)
                                .toList(),
                        lost.stream().anyMatch(field -> !fields.path(field).isEmpty())))
                .toList());
    }

    private static Condition field(Map.Entry<String, JsonNode> field) {
        boolean negated = field.getKey().startsWith("not");
        String name = negated
                ? "%s%s"
                        .formatted(
                                Character.toLowerCase(field.getKey().charAt(3)),
                                field.getKey().substring(4))
                : field.getKey();
        return new Condition(name, Fields.texts(field.getValue()), false, negated);
    }

    private static Element when(JsonNode when) {
        String key = when.path("key").asText("");
        if (!KEYS.contains(key)) {
            return new Element(List.of(), true);
        }
        return new Element(
                Stream.of(
                                new Condition(key, Fields.texts(when.path("values")), true, false),
                                new Condition(key, Fields.texts(when.path("notValues")), true, true))
                        .filter(condition -> !condition.values().isEmpty())
                        .toList(),
                false);
    }

    /** Tells whether a connection fits. */
    Truth fits(Call call) {
        return loss() == Loss.WHOLE
                ? Truth.NO
                : clauses.stream()
                        .map(clause -> clause.stream()
                                .map(element -> fits(element, call))
                                .reduce(Truth.NO, Truth::or))
                        .reduce(Truth.YES, Truth::and);
    }

    private Truth fits(Element element, Call call) {
        return element.conditions().isEmpty()
                ? Truth.NO
                : element.conditions().stream()
                        .map(condition ->
                                condition.negated() ? fits(condition, call).not() : fits(condition, call))
                        .reduce(Truth.YES, Truth::and);
    }

    private Truth fits(Condition condition, Call call) {
        return switch (condition.name()) {
            // A ztunnel knows no aliases of trust domains.
            case "principals", "source.principal" ->
                call.principal()
                        .test(caller ->
                                condition.values().stream().anyMatch(pattern -> Wildcard.fits(pattern, caller)));
            default ->
                condition.isKey()
                        ? conditions.key(condition.name(), condition.values(), call)
                        : conditions.field(condition.name(), condition.values(), call);
        };
    }

    /** Tells whether it asks for anything that only HTTP has. */
    public boolean loses() {
        return clauses.stream().flatMap(List::stream).anyMatch(Element::loses);
    }

    /** Returns the part of the rule's meaning that is lost. */
    public Loss loss() {
        boolean nothing = clauses.stream()
                .anyMatch(clause ->
                        clause.stream().allMatch(element -> element.conditions().isEmpty()));
        if (nothing || loses() && action == Action.ALLOW) {
            return Loss.WHOLE;
        }
        boolean widened = clauses.stream()
                .flatMap(List::stream)
                .anyMatch(element -> element.loses() && !element.conditions().isEmpty());
        return widened ? Loss.WIDER : loses() ? Loss.NARROWER : Loss.NOTHING;
    }
}
