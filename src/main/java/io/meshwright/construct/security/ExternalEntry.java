package io.meshwright.construct.security;

import imports.io.istio.networking.DestinationRule;
import imports.io.istio.networking.DestinationRuleSpec;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicy;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyPortLevelSettings;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyPortLevelSettingsPort;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyPortLevelSettingsTls;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode;
import imports.io.istio.networking.ServiceEntry;
import imports.io.istio.networking.ServiceEntrySpec;
import imports.io.istio.networking.ServiceEntrySpecEndpoints;
import imports.io.istio.networking.ServiceEntrySpecLocation;
import imports.io.istio.networking.ServiceEntrySpecPorts;
import imports.io.istio.networking.ServiceEntrySpecResolution;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.VirtualAddresses;
import java.util.List;
import software.constructs.Construct;

/** Puts one external host into the mesh's registry, and adds TLS to calls that applications make without it. */
final class ExternalEntry extends Construct {
    ExternalEntry(Construct scope, Name namespace, External external, Host host, VirtualAddresses addresses) {
        super(scope, host.dashed());
        ServiceEntry.Builder.create(this, "Resource")
                .metadata(Notes.none().of(host.dashed(), namespace))
                .spec(entry(external, host, addresses))
                .build();
        if (external.service().originatesTls()) {
            DestinationRule.Builder.create(this, "tls")
                    .metadata(Notes.none().of(host.dashed(), namespace))
                    .spec(origination(external, host))
                    .build();
        }
    }

    private static ServiceEntrySpec entry(External external, Host host, VirtualAddresses addresses) {
        ServiceEntrySpec.Builder spec = ServiceEntrySpec.builder()
                .hosts(List.of(host.toString()))
                .ports(external.service().ports().stream()
                        .map(port -> port(external, port))
                        .toList())
                .location(ServiceEntrySpecLocation.MESH_UNDERSCORE_EXTERNAL)
                .resolution(ServiceEntrySpecResolution.valueOf(
                        external.service().resolution().name()))
                .exportTo(external.exportTo());
        List<String> endpoints =
                external.service().endpoints().stream().map(IpAddress::toString).toList();
        if (!endpoints.isEmpty()) {
            spec.addresses(endpoints)
                    .endpoints(endpoints.stream()
                            .map(address -> ServiceEntrySpecEndpoints.builder()
                                    .address(address)
                                    .build())
                            .toList());
        }
        addresses.of(host).ifPresent(address -> spec.addresses(List.of(address.toString())));
        return spec.build();
    }

    private static ServiceEntrySpecPorts port(External external, ExternalPort port) {
        ServiceEntrySpecPorts.Builder entry = ServiceEntrySpecPorts.builder()
                .name(port.name())
                .number(port.number().value())
                .protocol(port.protocol().name());
        return isPlain(port)
                ? entry.targetPort(external.wirePorts().get(0).value()).build()
                : entry.build();
    }

    private static DestinationRuleSpec origination(External external, Host host) {
        Port plain = external.service().ports().stream()
                .filter(ExternalEntry::isPlain)
                .findFirst()
                .orElseThrow()
                .number();
        return DestinationRuleSpec.builder()
                .host(host.toString())
                .exportTo(external.exportTo())
                .trafficPolicy(DestinationRuleSpecTrafficPolicy.builder()
                        .portLevelSettings(List.of(DestinationRuleSpecTrafficPolicyPortLevelSettings.builder()
                                .port(DestinationRuleSpecTrafficPolicyPortLevelSettingsPort.builder()
                                        .number(plain.value())
                                        .build())
                                .tls(DestinationRuleSpecTrafficPolicyPortLevelSettingsTls.builder()
                                        .mode(DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode.SIMPLE)
                                        .sni(host.toString())
                                        .build())
                                .build()))
                        .build())
                .build();
    }

    private static boolean isPlain(ExternalPort port) {
        return port.protocol() == ExternalPort.Protocol.HTTP;
    }
}
