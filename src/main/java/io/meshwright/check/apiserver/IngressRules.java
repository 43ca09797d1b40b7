package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** An Ingress (networking/validation, ValidateIngressSpec). */
final class IngressRules {
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final List<String> WITHIN = List.of("//", "/./", "/../", "%2f", "%2F");

    private IngressRules() {}

    static void examine(Field ingress) {
        Field spec = ingress.at("spec");
        if (spec.at("rules").isEmpty() && !spec.at("defaultBackend").isSet()) {
            spec.refuse("the Ingress leads nowhere", "Write rules or defaultBackend.");
        }
        Field written = ingress.at("metadata").at("annotations").at(CLASS);
        if (written.isSet() && spec.at("ingressClassName").isSet()) {
            written.refuse("the class is written in ingressClassName as well", "Remove the annotation.");
        }
        Form.SUBDOMAIN.examine(spec.at("ingressClassName"));
        backend(spec.at("defaultBackend"));
        for (Field rule : spec.at("rules").items()) {
            Form.WILDCARD.examine(rule.at("host"));
            Field http = rule.at("http");
            if (http.at("paths").isSet() && http.at("paths").isEmpty()) {
                http.at("paths").refuse("the rule has no path", "Write one.");
            }
            http.at("paths").items().forEach(IngressRules::path);
        }
        for (Field tls : spec.at("tls").items()) {
            tls.at("hosts").items().forEach(Form.WILDCARD::examine);
            Form.SUBDOMAIN.examine(tls.at("secretName"));
        }
    }

    private static void path(Field rule) {
        String type = rule.at("pathType").text();
        Field path = rule.at("path");
        boolean strict = List.of("Exact", "Prefix").contains(type);
        if (!path.text().startsWith("/") && (strict || !path.isEmpty())) {
            (path.isSet() ? path : rule)
                    .refuse("\"%s\" is no absolute path".formatted(path.text()), "Begin it with a slash.");
        } else if (strict && WITHIN.stream().anyMatch(path.text()::contains)
                || strict && (path.text().endsWith("/..") || path.text().endsWith("/."))) {
            path.refuse("\"%s\" can be written in another way".formatted(path.text()), "Write the plain path.");
        }
        backend(rule.at("backend"));
    }

    private static void backend(Field backend) {
        Limits.exactlyOne(backend, "service", "resource");
        Field service = backend.at("service");
        if (service.isSet()) {
            Limits.needed(service, "port", "Write port.number or port.name.");
            if (!service.at("port").isEmpty()) {
                Limits.exactlyOne(service.at("port"), "number", "name");
            }
            Limits.port(service.at("port").at("number"));
            Form.PORT_NAME.examine(service.at("port").at("name"));
            Form.LABEL.examine(service.at("name"));
        }
    }
}
