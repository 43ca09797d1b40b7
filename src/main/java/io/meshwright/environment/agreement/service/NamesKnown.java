package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.environment.agreement.part.SystemNamespaces;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.MtlsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every namespace, service and external that is named is declared. */
public final class NamesKnown implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        Kind namespaces =
                new Kind("namespace", "namespaces", environment.namespaces().keySet());
        Kind services = new Kind("service", "services", environment.services().keySet());
        Kind externals =
                new Kind("external", "externals", environment.externals().keySet());
        Kind gateways = new Kind(
                "gateway",
                "gateways",
                environment.gatewayEntries().stream()
                        .map(GatewayEntry::name)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        Set<Name> calling = new LinkedHashSet<>(services.declared());
        calling.addAll(gateways.declared());
        Kind callers = new Kind("service", "services", calling);
        DeclaredService.of(environment).forEach(declared -> {
            Service service = declared.service();
            if (!SystemNamespaces.include(service.namespace())) {
                namespaces.known(declared.at().key("namespace"), service.namespace(), refusals);
            }
            mirrored(declared).forEach((at, name) -> services.known(at, name, refusals));
            for (int i = 0; i < service.allowFrom().size(); i++) {
                Caller caller = service.allowFrom().get(i);
                if (!environment.isGateway(caller)) {
                    callers.known(declared.at().key("allowFrom").index(i), caller.from(), refusals);
                }
            }
            declared.routes().forEach(each -> {
                for (int i = 0; i < each.route().gateways().size(); i++) {
                    gateways.known(
                            each.at().key("gateways").index(i),
                            each.route().gateways().get(i),
                            refusals);
                }
            });
            for (int i = 0; i < service.connections().size(); i++) {
                KeyPath at = declared.at().key("connections").index(i).key("gateways");
                List<Name> named = service.connections().get(i).gateways();
                for (int j = 0; j < named.size(); j++) {
                    gateways.known(at.index(j), named.get(j), refusals);
                }
            }
            for (int i = 0; i < service.uses().size(); i++) {
                externals.known(
                        declared.at().key("uses").index(i), service.uses().get(i), refusals);
            }
        });
        environment
                .charts()
                .forEach((name, chart) -> namespaces.known(
                        KeyPath.of("charts").key(name.toString()).key("namespace"), chart.namespace(), refusals));
        List<MtlsException> exceptions = environment.istio().exceptions();
        for (int i = 0; i < exceptions.size(); i++) {
            services.known(
                    KeyPath.of("istio.exceptions").index(i).key("service"),
                    exceptions.get(i).service(),
                    refusals);
        }
        if (environment.aiOps() != null && environment.aiOps().anomalies() != null) {
            KeyPath watched = KeyPath.of("aiOps.anomalies.services");
            environment
                    .aiOps()
                    .anomalies()
                    .services()
                    .keySet()
                    .forEach(name -> services.known(watched.key(name.toString()), name, refusals));
        }
        if (environment.aiOps() != null
                && environment.aiOps().logs() != null
                && environment.aiOps().logs().alerts() != null) {
            List<Name> except = environment.aiOps().logs().alerts().except();
            for (int i = 0; i < except.size(); i++) {
                services.known(KeyPath.of("aiOps.logs.alerts.except").index(i), except.get(i), refusals);
            }
        }
        if (environment.aiOps() != null && environment.aiOps().healing() != null) {
            environment
                    .aiOps()
                    .healing()
                    .asked()
                    .forEach(asked -> healed(asked).forEach((at, name) -> services.known(at, name, refusals)));
        }
        return refusals;
    }

    private static Map<KeyPath, Name> healed(Healing.Asked asked) {
        KeyPath at = KeyPath.of("aiOps.healing").key(asked.action().word()).key("services");
        Map<KeyPath, Name> healed = new LinkedHashMap<>();
        for (int i = 0; i < asked.named().size(); i++) {
            Name name = asked.named().get(i);
            healed.put(asked instanceof Healing.MoveMinimum ? at.key(name.toString()) : at.index(i), name);
        }
        return healed;
    }

    private static Map<KeyPath, Name> mirrored(DeclaredService declared) {
        Map<KeyPath, Name> mirrored = new LinkedHashMap<>();
        declared.routes()
                .filter(each -> each.route().mirror() != null)
                .forEach(each -> mirrored.put(
                        each.at().key("mirror").key("service"),
                        each.route().mirror().service()));
        return mirrored;
    }

    /** The declared names of one kind, and the key of the file that they stand under. */
    private record Kind(String noun, String key, Set<Name> declared) {
        void known(KeyPath at, Name name, List<InvalidValue> refusals) {
            if (!declared.contains(name)) {
                refusals.add(new InvalidValue(
                        at,
                        "there is no %s \"%s\"".formatted(noun, name),
                        declared.isEmpty()
                                ? "add it to %s".formatted(key)
                                : "add it to %s, or use one of: %s"
                                        .formatted(
                                                key,
                                                declared.stream()
                                                        .map(Name::toString)
                                                        .collect(Collectors.joining(", ")))));
            }
        }
    }
}
