package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One rule of an AuthorizationPolicy: some source, some operation and every condition must fit
 * (pilot/pkg/security/authz/model).
 */
public final class AuthorizationRule {
    /** Fields of an operation that only a request of HTTP has. */
    public static final Set<String> OPERATION_OF_HTTP =
            Set.of("hosts", "notHosts", "methods", "notMethods", "paths", "notPaths");

    // On a connection that is not read as HTTP these cannot be asked.
    private static final Set<String> HTTP_FIELDS = Set.of(
            "requestPrincipals",
            "notRequestPrincipals",
            "hosts",
            "notHosts",
            "methods",
            "notMethods",
            "paths",
            "notPaths");
    private static final String HTTP_KEYS = "request.";

    private final Source source;
    private final Action action;
    private final Conditions conditions;
    private final ZtunnelRule atZtunnel;

    AuthorizationRule(Source source, Action action, Conditions conditions) {
        this.source = source;
        this.action = action;
        this.conditions = conditions;
        this.atZtunnel = ZtunnelRule.of(source, action, conditions);
    }

    /** The place of the rule. */
    public Source source() {
        return source;
    }

    /** The same as a ztunnel heeds it. */
    public ZtunnelRule atZtunnel() {
        return atZtunnel;
    }

    private JsonNode body() {
        return source.value();
    }

    /** True if it asks for anything that only HTTP has. */
    public boolean needsHttp() {
        boolean fields = Fields.items(body().path("from")).stream().anyMatch(from -> hasHttp(from.path("source")))
                || Fields.items(body().path("to")).stream().anyMatch(to -> hasHttp(to.path("operation")));
        return fields
                || Fields.items(body().path("when")).stream()
                        .anyMatch(when -> when.path("key").asText("").startsWith(HTTP_KEYS));
    }

    private static boolean hasHttp(JsonNode fields) {
        return HTTP_FIELDS.stream().anyMatch(field -> !fields.path(field).isEmpty());
    }

    /** Tells whether a call fits. */
    public Truth fits(Call call) {
        if (call.http().isEmpty() && needsHttp() && action == Action.ALLOW) {
            // istiod leaves such a rule out of an ALLOW policy; of others it leaves out the field, which denies more.
            return Truth.NO;
        }
        // Hosts and ports are asked first, which tell most rules apart and cost less than addresses.
        Truth operation = any(body().path("to"), to -> fields(to.path("operation"), call));
        return operation.isNo()
                ? operation
                : operation
                        .and(any(body().path("from"), from -> fields(from.path("source"), call)))
                        .and(Fields.items(body().path("when")).stream()
                                .map(when -> when(when, call))
                                .reduce(Truth.YES, Truth::and));
    }

    private static Truth any(JsonNode list, Function<JsonNode, Truth> test) {
        return list.isEmpty()
                ? Truth.YES
                : Fields.items(list).stream().map(test).reduce(Truth.NO, Truth::or);
    }

    private Truth fields(JsonNode fields, Call call) {
        Truth all = Truth.YES;
        for (var field : Fields.entries(fields)) {
            boolean skipped = call.http().isEmpty() && HTTP_FIELDS.contains(field.getKey());
            if (!skipped && !field.getValue().isEmpty()) {
                all = all.and(conditions.field(field.getKey(), Fields.texts(field.getValue()), call));
            }
            if (all.isNo()) {
                return all;
            }
        }
        return all;
    }

    private Truth when(JsonNode when, Call call) {
        String key = when.path("key").asText("");
        if (call.http().isEmpty() && key.startsWith(HTTP_KEYS)) {
            return Truth.YES;
        }
        List<String> values = Fields.texts(when.path("values"));
        List<String> not = Fields.texts(when.path("notValues"));
        Truth fits = values.isEmpty() ? Truth.YES : conditions.key(key, values, call);
        return not.isEmpty() ? fits : fits.and(conditions.key(key, not, call).not());
    }
}
